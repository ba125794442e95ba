package dev.irstd.benchmarks;

/**
 * Size of an image.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Size(int width, int height) {
    /** Reads {@code 640x512}. */
    static Size of(String text) {
        String[] sides = text.split("x");
        if (sides.length != 2) {
            throw new IllegalArgumentException("\"" + text + "\" is no size; write it as 640x512");
        }
        return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
