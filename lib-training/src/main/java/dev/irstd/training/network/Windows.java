package dev.irstd.training.network;

/**
 * Square windows at even distances over a square image with zeros around it, row by row.
 *
 * @param image side length of the image
 * @param padding zeros on each side
 * @param size side length of a window
 * @param stride pixels from one window to the next; divides {@code image + 2 * padding - size}
 */
public record Windows(int image, int padding, int size, int stride) {
    /** Checks that the windows end at the border. */
    public Windows {
        if (image < 1 || padding < 0 || size < 1 || stride < 1 || size > image + 2 * padding) {
            throw new IllegalArgumentException("no windows of " + size + " pixels every " + stride + " over " + image
                    + " pixels with " + padding + " zeros around");
        }
        if ((image + 2 * padding - size) % stride != 0) {
            throw new IllegalArgumentException("windows of " + size + " pixels every " + stride + " do not end with "
                    + image + " pixels and " + padding + " zeros on each side");
        }
    }

    /**
     * Returns the number of windows in a row.
     *
     * @return at least 1
     */
    public int perRow() {
        return (image + 2 * padding - size) / stride + 1;
    }

    /**
     * Returns the number of windows.
     *
     * @return the square of {@link #perRow()}
     */
    public int count() {
        return perRow() * perRow();
    }
}
