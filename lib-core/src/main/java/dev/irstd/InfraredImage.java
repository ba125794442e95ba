package dev.irstd;

import java.awt.image.BufferedImage;

/**
 * Grey samples of 8 or 16 bits, the one kind of image that detectors work on. Immutable and thread-safe.
 */
public final class InfraredImage {
    private final int width;
    private final int height;
    private final int bits;
    private final short[] samples;

    private InfraredImage(int width, int height, int bits, short[] samples) {
        this.width = width;
        this.height = height;
        this.bits = bits;
        this.samples = samples;
    }

    /**
     * Reads the samples of an image.
     *
     * @param image any BufferedImage
     * @return its grey samples
     */
    public static InfraredImage of(BufferedImage image) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the number of columns.
     *
     * @return the width in pixels
     */
    public int width() {
        return width;
    }

    /**
     * Returns the number of rows.
     *
     * @return the height in pixels
     */
    public int height() {
        return height;
    }

    /**
     * Returns the bits of a sample.
     *
     * @return 8 or 16
     */
    public int bits() {
        return bits;
    }

    /**
     * Returns a sample.
     *
     * @param x column, 0 to {@code width - 1}
     * @param y row, 0 to {@code height - 1}
     * @return the grey value, 0 to {@code 2^bits - 1}
     */
    public int sample(int x, int y) {
        return samples[y * width + x] & 0xFFFF;
    }
}
