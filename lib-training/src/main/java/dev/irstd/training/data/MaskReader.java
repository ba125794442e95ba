package dev.irstd.training.data;

import dev.irstd.Mask;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Reads masks as they stand in the field's data sets: 1 or 8 bits, grey, palette or colour, sharp or antialiased. */
final class MaskReader {
    private MaskReader() {}

    /** Target = at least half of the mask's own maximum in the first channel; a maximum of 0 means no target. */
    static Mask read(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] values = firstChannel(image);
        int max = 0;
        for (int value : values) {
            max = Math.max(max, value);
        }
        boolean[] pixels = new boolean[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = values[i] != 0 && 2 * values[i] >= max;
        }
        return Mask.of(width, height, pixels);
    }

    private static int[] firstChannel(BufferedImage image) {
        Raster raster = image.getRaster();
        int[] values = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] < palette.getMapSize() ? palette.getRed(values[i]) : 0;
            }
        }
        return values;
    }

    /** Nearest neighbour, pixel centres at half-integers. */
    static Mask resize(Mask mask, int width, int height) {
        boolean[] pixels = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            int sourceY = (int) ((2L * y + 1) * mask.height() / (2L * height));
            for (int x = 0; x < width; x++) {
                int sourceX = (int) ((2L * x + 1) * mask.width() / (2L * width));
                pixels[y * width + x] = mask.get(sourceX, sourceY);
            }
        }
        return Mask.of(width, height, pixels);
    }
}
