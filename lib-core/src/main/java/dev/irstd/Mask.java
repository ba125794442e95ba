package dev.irstd;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.List;

/**
 * A binary image: the pixels that belong to a target. Immutable and thread-safe.
 */
public final class Mask {
    static final byte SET = (byte) 255;

    private final int width;
    private final int height;
    /** One byte a pixel, row by row: 0 or {@link #SET}. */
    private final byte[] pixels;

    /** Takes ownership of {@code pixels}, which hold 0 or {@link #SET} only. */
    Mask(int width, int height, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * A mask from one flag a pixel.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param pixels {@code width * height} flags, row by row; copied
     * @return the mask
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static Mask of(int width, int height, boolean[] pixels) {
        if (width < 1 || height < 1 || pixels.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a mask of " + width + "x" + height + " does not have " + pixels.length + " pixels");
        }
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pixels[i] ? SET : 0;
        }
        return new Mask(width, height, bytes);
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
     * Tells whether a pixel belongs to a target.
     *
     * @param x column, 0 to {@code width - 1}
     * @param y row, 0 to {@code height - 1}
     * @return whether the pixel is set
     * @throws IndexOutOfBoundsException if the pixel lies outside the mask
     */
    public boolean get(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("pixel (" + x + ", " + y + ") of a " + width + "x" + height + " mask");
        }
        return pixels[y * width + x] != 0;
    }

    /**
     * Counts the pixels that are set.
     *
     * @return the area in pixels
     */
    public int area() {
        int area = 0;
        for (byte pixel : pixels) {
            area -= pixel >> 7;
        }
        return area;
    }

    /**
     * Finds the 8-connected components.
     *
     * @return the components in raster order of their first pixel (row by row, left to right)
     */
    public List<Component> components() {
        return ConnectedComponents.of(this).components();
    }

    /**
     * Draws the mask.
     *
     * @return a new {@link BufferedImage#TYPE_BYTE_GRAY} image, targets 255 on 0
     */
    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(pixels, 0, data, 0, pixels.length);
        return image;
    }

    byte[] pixels() {
        return pixels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask
                && width == mask.width
                && height == mask.height
                && Arrays.equals(pixels, mask.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "Mask[" + width + "x" + height + ", area " + area() + "]";
    }
}
