package dev.irstd.benchmarks;

import dev.irstd.Geometry;
import dev.irstd.ModelManifest;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * What a network is fed for an image: each channel normalised and, right and below, padded with zeros.
 *
 * @param channels channels, all of the same grey
 * @param width padded width in pixels
 * @param height padded height in pixels
 * @param values {@code channels * height * width} values, channel by channel and row by row; not copied
 * @param imageWidth width of the image in pixels
 * @param imageHeight height of the image in pixels
 */
public record NetworkInput(int channels, int width, int height, float[] values, int imageWidth, int imageHeight) {
    /**
     * Prepares an image.
     *
     * @param image 8-bit grey; of the network's own size where it has a single one
     * @param manifest what the network expects
     * @return its input
     */
    public static NetworkInput of(BufferedImage image, ModelManifest manifest) {
        int multiple = manifest.geometry() instanceof Geometry.PadToMultiple padding ? padding.multiple() : 1;
        int width = padded(image.getWidth(), multiple);
        int height = padded(image.getHeight(), multiple);
        float[] values = new float[manifest.channels() * width * height];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, row.length, 1, row);
            for (int channel = 0; channel < manifest.channels(); channel++) {
                float mean = manifest.normalization().mean().get(channel);
                float deviation = manifest.normalization().standardDeviation().get(channel);
                int start = (channel * height + y) * width;
                for (int x = 0; x < row.length; x++) {
                    values[start + x] = (row[x] - mean) / deviation;
                }
            }
        }
        return new NetworkInput(manifest.channels(), width, height, values, image.getWidth(), image.getHeight());
    }

    /** The next multiple. */
    static int padded(int size, int multiple) {
        return (size + multiple - 1) / multiple * multiple;
    }

    /**
     * Returns the shape.
     *
     * @return [1, channels, height, width]
     */
    public long[] shape() {
        return new long[] {1, channels, height, width};
    }

    /**
     * Cuts the padding off.
     *
     * @param output {@code height * width} values, row by row
     * @return those of the image
     */
    public float[] crop(float[] output) {
        if (width == imageWidth) {
            return height == imageHeight ? output : Arrays.copyOf(output, imageWidth * imageHeight);
        }
        float[] cropped = new float[imageWidth * imageHeight];
        for (int y = 0; y < imageHeight; y++) {
            System.arraycopy(output, y * width, cropped, y * imageWidth, imageWidth);
        }
        return cropped;
    }
}
