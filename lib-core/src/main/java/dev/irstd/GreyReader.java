package dev.irstd;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Reads grey samples from the raster of a {@link BufferedImage}; the rules stand at
 * {@link InfraredImage#of(BufferedImage)}.
 */
final class GreyReader {
    private GreyReader() {}

    /** The grey value of the pixel whose bands start at an index. */
    private interface Greying {
        int grey(int[] bands, int at);
    }

    static InfraredImage read(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        Raster raster = image.getRaster();
        boolean wide = isWide(image);
        if (raster.getNumBands() == 1
                && raster.getNumDataElements() == 1
                && !(image.getColorModel() instanceof IndexColorModel)) {
            Object samples = raster.getDataElements(0, 0, width, height, null);
            return wide
                    ? new InfraredImage(width, height, (short[]) samples)
                    : new InfraredImage(width, height, (byte[]) samples);
        }
        Greying greying = greying(image);
        int bands = raster.getNumBands();
        if ((long) width * bands > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    described(image) + " has rows of " + (long) width * bands + " samples, more than an array holds");
        }
        int[] pixels = new int[width * bands];
        byte[] bytes = new byte[wide ? 0 : width * height];
        short[] shorts = new short[wide ? width * height : 0];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, pixels);
            for (int x = 0; x < width; x++) {
                int grey = greying.grey(pixels, x * bands);
                if (wide) {
                    shorts[y * width + x] = (short) grey;
                } else {
                    bytes[y * width + x] = (byte) grey;
                }
            }
        }
        return wide ? new InfraredImage(width, height, shorts) : new InfraredImage(width, height, bytes);
    }

    /** Whether the grey samples need 16 bits. */
    private static boolean isWide(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel) {
            return false;
        }
        if (!(model instanceof ComponentColorModel || model instanceof DirectColorModel)) {
            throw new IllegalArgumentException(described(image) + " has a colour model of its own ("
                    + model.getClass().getName()
                    + "), so what its samples mean is not known; draw it into a grey or RGB"
                    + " image first");
        }
        int components = model.getNumColorComponents();
        boolean rgb = components == 3 && model.getColorSpace().getType() == ColorSpace.TYPE_RGB;
        if (components != 1 && !rgb) {
            throw new IllegalArgumentException(described(image) + " has a colour space of " + components
                    + " components that is neither grey nor RGB; convert it to one of them first");
        }
        int transferType = model.getTransferType();
        if (model instanceof DirectColorModel) {
            int most = widest(model);
            if (most <= 16) {
                return most > 8;
            }
        } else if (transferType == DataBuffer.TYPE_BYTE || transferType == DataBuffer.TYPE_USHORT) {
            return transferType == DataBuffer.TYPE_USHORT;
        }
        throw new IllegalArgumentException(described(image) + " has " + typeName(transferType)
                + " samples; only unsigned samples of 8 or 16 bits have a defined grey scale,"
                + " scale them to one of these first (InfraredImage.grey8 or grey16)");
    }

    private static String described(BufferedImage image) {
        return "image of " + image.getWidth() + "x" + image.getHeight() + " (BufferedImage type " + image.getType()
                + ")";
    }

    private static String typeName(int transferType) {
        return switch (transferType) {
            case DataBuffer.TYPE_SHORT -> "signed 16-bit (TYPE_SHORT)";
            case DataBuffer.TYPE_INT -> "32-bit integer (TYPE_INT)";
            case DataBuffer.TYPE_FLOAT -> "32-bit floating-point (TYPE_FLOAT)";
            case DataBuffer.TYPE_DOUBLE -> "64-bit floating-point (TYPE_DOUBLE)";
            default -> "unknown (data type " + transferType + ")";
        };
    }

    private static int widest(ColorModel model) {
        return Arrays.stream(model.getComponentSize(), 0, model.getNumColorComponents())
                .max()
                .orElseThrow();
    }

    private static Greying greying(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            int[] table = greyTable(palette, image.getSampleModel().getSampleSize(0));
            return (bands, at) -> table[bands[at]];
        }
        Straightening straight = new Straightening(model);
        if (model.getNumColorComponents() == 1) {
            return (bands, at) -> straight.component(bands, at, 0);
        }
        return (bands, at) -> luma(
                straight.component(bands, at, 0), straight.component(bands, at, 1), straight.component(bands, at, 2));
    }

    /** Indices beyond a short palette are black, as the JDK draws them. */
    private static int[] greyTable(IndexColorModel palette, int indexBits) {
        int[] table = new int[Math.max(1 << indexBits, palette.getMapSize())];
        for (int i = 0; i < palette.getMapSize(); i++) {
            table[i] = luma(palette.getRed(i), palette.getGreen(i), palette.getBlue(i));
        }
        return table;
    }

    /** In integers, so that the result is exact and a grey colour keeps its value. */
    private static int luma(int red, int green, int blue) {
        return (299 * red + 587 * green + 114 * blue + 500) / 1000;
    }

    /** Frees the colour samples of a pixel from premultiplied alpha and from narrow bit fields. */
    private static final class Straightening {
        private final int components;
        private final boolean premultiplied;
        private final boolean packed;
        private final int[] maxima;
        private final int full;

        Straightening(ColorModel model) {
            components = model.getNumColorComponents();
            premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
            packed = model instanceof DirectColorModel;
            maxima = Arrays.stream(model.getComponentSize())
                    .map(bits -> (1 << bits) - 1)
                    .toArray();
            full = widest(model) <= 8 ? 0xFF : 0xFFFF;
        }

        int component(int[] bands, int at, int index) {
            int sample = bands[at + index];
            if (premultiplied) {
                int alpha = bands[at + components];
                sample = alpha == 0 ? 0 : Math.min(maxima[index], scaled(sample, maxima[components], alpha));
            }
            // A sample of 0 may come from a field of no bits at all.
            return packed && sample != 0 && maxima[index] != full ? scaled(sample, full, maxima[index]) : sample;
        }

        private static int scaled(int sample, int numerator, int denominator) {
            return (int) ((2L * sample * numerator + denominator) / (2L * denominator));
        }
    }
}
