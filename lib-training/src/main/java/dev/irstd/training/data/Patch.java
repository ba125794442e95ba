package dev.irstd.training.data;

/**
 * A square piece of a sample, ready for a network. The arrays are handed over, not copied.
 *
 * @param size side in pixels
 * @param image {@code size * size} normalised grey values row by row: (grey on 0 to 255, less the mean) divided by the
 *     standard deviation; 0 in the padding
 * @param mask {@code size * size} values row by row: 1 on targets, else 0
 */
public record Patch(int size, float[] image, float[] mask) {
    /**
     * Checks that the arrays suit the size.
     *
     * @param size side in pixels
     * @param image grey values
     * @param mask mask values
     * @throws IllegalArgumentException if an array does not hold {@code size * size} values
     */
    public Patch {
        if (size < 1 || image.length != (long) size * size || mask.length != image.length) {
            throw new IllegalArgumentException("a patch of " + size + "x" + size + " does not have " + image.length
                    + " grey values and " + mask.length + " mask values");
        }
    }
}
