package dev.irstd.training.data;

/**
 * One of the eight ways to lay a rectangle down: pixel (x, y) goes to index {@code origin + x * right + y * down}.
 *
 * @param origin index of pixel (0, 0)
 * @param right from a pixel's index to that of its right neighbour
 * @param down from a pixel's index to that of the one below
 */
record Turn(int origin, int right, int down) {
    /** Flips as they are said, then exchanges rows and columns or not. */
    static Turn of(int width, int height, boolean horizontal, boolean vertical, boolean transposed) {
        int alongX = transposed ? height : 1;
        int alongY = transposed ? 1 : width;
        int origin = (horizontal ? alongX * (width - 1) : 0) + (vertical ? alongY * (height - 1) : 0);
        return new Turn(origin, horizontal ? -alongX : alongX, vertical ? -alongY : alongY);
    }

    int index(int x, int y) {
        return origin + x * right + y * down;
    }
}
