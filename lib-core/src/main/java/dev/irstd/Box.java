package dev.irstd;

/**
 * An axis-parallel rectangle of whole pixels.
 *
 * @param x leftmost column
 * @param y topmost row
 * @param width columns covered, at least 1
 * @param height rows covered, at least 1
 */
public record Box(int x, int y, int width, int height) {
    public Box {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a box needs at least one pixel, got " + width + "x" + height);
        }
    }
}
