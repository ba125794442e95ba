package dev.irstd;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * Grey samples of 8 or 16 bits, the one kind of image that detectors work on. Immutable and thread-safe.
 */
public final class InfraredImage {
    private final int width;
    private final int height;
    private final int bits;
    /** Row by row; empty when the image has 16 bits. */
    private final byte[] bytes;
    /** Row by row; empty when the image has 8 bits. */
    private final short[] shorts;

    /** Takes ownership of the samples. */
    InfraredImage(int width, int height, byte[] samples) {
        this.width = width;
        this.height = height;
        this.bits = 8;
        this.bytes = samples;
        this.shorts = new short[0];
    }

    /** Takes ownership of the samples. */
    InfraredImage(int width, int height, short[] samples) {
        this.width = width;
        this.height = height;
        this.bits = 16;
        this.bytes = new byte[0];
        this.shorts = samples;
    }

    /**
     * An image of 8-bit samples.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param samples unsigned grey values; copied
     * @param offset index of the top left sample
     * @param stride samples from the start of a row to the start of the next, at least {@code width}
     * @return the image
     * @throws IllegalArgumentException if {@code samples} does not hold that rectangle
     */
    public static InfraredImage grey8(int width, int height, byte[] samples, int offset, int stride) {
        checkLayout(width, height, samples.length, offset, stride);
        byte[] copy = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(samples, offset + y * stride, copy, y * width, width);
        }
        return new InfraredImage(width, height, copy);
    }

    /**
     * An image of 16-bit samples.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param samples unsigned grey values; copied
     * @param offset index of the top left sample
     * @param stride samples (not bytes) from the start of a row to the start of the next, at least {@code width}
     * @return the image
     * @throws IllegalArgumentException if {@code samples} does not hold that rectangle
     */
    public static InfraredImage grey16(int width, int height, short[] samples, int offset, int stride) {
        checkLayout(width, height, samples.length, offset, stride);
        short[] copy = new short[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(samples, offset + y * stride, copy, y * width, width);
        }
        return new InfraredImage(width, height, copy);
    }

    private static void checkLayout(int width, int height, int length, int offset, int stride) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image needs at least one pixel, got " + width + "x" + height);
        }
        if (offset < 0 || stride < width) {
            throw new IllegalArgumentException(
                    "offset " + offset + " and stride " + stride + " do not suit an image of " + width + "x" + height
                            + ": the offset must not be negative, the stride at least the width");
        }
        long needed = offset + (height - 1L) * stride + width;
        if (needed > length) {
            throw new IllegalArgumentException("an image of " + width + "x" + height + " with offset " + offset
                    + " and stride " + stride + " needs " + needed + " samples, got " + length);
        }
    }

    /**
     * Reads the samples of an image, always from its raster and never through a gamma curve or colour profile, so that
     * 16 bits stay 16 bits and equal samples give equal images whatever the type of the {@code BufferedImage}.
     *
     * <ul>
     *   <li>Grey: the samples as they are, in the 8 or 16 bits that hold them.
     *   <li>Palette of any depth: resolved, then as 8-bit colour.
     *   <li>Colour: luma 0.299 R + 0.587 G + 0.114 B, rounded to nearest, of the samples; 16 bits if a sample has more
     *       than 8 bits. Fields of a packed pixel (such as 5-6-5) are first stretched to the full 8 or 16 bits; a field
     *       of no bits is 0.
     *   <li>Alpha is dropped; premultiplied samples are first divided by it, and are 0 where it is 0.
     * </ul>
     *
     * @param image grey, indexed or RGB, with or without alpha, of unsigned samples of up to 16 bits; sub-images too
     * @return its grey samples
     * @throws IllegalArgumentException if the samples are signed, floating-point or of more than 16 bits, the colour
     *     space is neither grey nor RGB, or the colour model is a class outside the JDK's indexed, packed and component
     *     ones
     */
    public static InfraredImage of(BufferedImage image) {
        return GreyReader.read(image);
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
     * @throws IndexOutOfBoundsException if the pixel lies outside the image
     */
    public int sample(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("pixel (" + x + ", " + y + ") of a " + width + "x" + height + " image");
        }
        int index = y * width + x;
        return bits == 8 ? bytes[index] & 0xFF : shorts[index] & 0xFFFF;
    }

    /** Copies the samples of a row to the start of {@code row}. */
    void row(int y, int[] row) {
        int start = y * width;
        if (bits == 8) {
            for (int x = 0; x < width; x++) {
                row[x] = bytes[start + x] & 0xFF;
            }
        } else {
            for (int x = 0; x < width; x++) {
                row[x] = shorts[start + x] & 0xFFFF;
            }
        }
    }

    /** Writes {@code values[sample]} for each of {@code count} samples, from (x, y) on to the right. */
    void row(int x, int y, int count, float[] values, float[] row) {
        int start = y * width + x;
        if (bits == 8) {
            for (int i = 0; i < count; i++) {
                row[i] = values[bytes[start + i] & 0xFF];
            }
        } else {
            for (int i = 0; i < count; i++) {
                row[i] = values[shorts[start + i] & 0xFFFF];
            }
        }
    }

    /** Writes the samples of a part row by row, those of an 8-bit image alone. */
    void samples(Box part, ByteBuffer to) {
        for (int y = 0; y < part.height(); y++) {
            to.put(y * part.width(), bytes, (part.y() + y) * width + part.x(), part.width());
        }
    }

    /** Writes the samples of a part row by row, in 16 bits. */
    void samples(Box part, ShortBuffer to) {
        short[] row = new short[part.width()];
        for (int y = 0; y < part.height(); y++) {
            int start = (part.y() + y) * width + part.x();
            if (bits == 16) {
                to.put(y * part.width(), shorts, start, part.width());
            } else {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (short) (bytes[start + x] & 0xFF);
                }
                to.put(y * part.width(), row);
            }
        }
    }

    /**
     * Draws the image. {@link #of(BufferedImage)} reads it back unchanged.
     *
     * @return a new image of {@link BufferedImage#TYPE_BYTE_GRAY} or {@link BufferedImage#TYPE_USHORT_GRAY}
     */
    public BufferedImage toImage() {
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
        BufferedImage image = new BufferedImage(width, height, type);
        DataBuffer buffer = image.getRaster().getDataBuffer();
        if (bits == 8) {
            System.arraycopy(bytes, 0, ((DataBufferByte) buffer).getData(), 0, bytes.length);
        } else {
            System.arraycopy(shorts, 0, ((DataBufferUShort) buffer).getData(), 0, shorts.length);
        }
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfraredImage image
                && width == image.width
                && height == image.height
                && bits == image.bits
                && Arrays.equals(bytes, image.bytes)
                && Arrays.equals(shorts, image.shorts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + (bits == 8 ? Arrays.hashCode(bytes) : Arrays.hashCode(shorts));
    }

    @Override
    public String toString() {
        return "InfraredImage[" + width + "x" + height + ", " + bits + " bit]";
    }
}
