package dev.irstd;

import java.nio.FloatBuffer;

/** From the samples of an image to the input of a network, {@code [1, channels, padded height, padded width]}. */
final class Preprocessing {
    /** ONNX Runtime addresses a direct buffer by an int of bytes. */
    private static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private final ModelManifest manifest;
    private final InputRange range;

    /** Shape of a network's input for one image. */
    record Shape(int channels, int height, int width) {
        int floats() {
            return channels * height * width;
        }

        long[] dimensions() {
            return new long[] {1, channels, height, width};
        }
    }

    /** Sample values that become 0 and 255; equal in a constant image whose range is its own. */
    private record Limits(int low, int high) {}

    Preprocessing(ModelManifest manifest, InputRange range) {
        this.manifest = manifest;
        this.range = range;
    }

    /**
     * The shape of the input for an image.
     *
     * @throws IllegalArgumentException if no buffer can hold it
     */
    Shape shape(InfraredImage image) {
        if (!(manifest.geometry() instanceof Geometry.PadToMultiple padding)) {
            throw new UnsupportedOperationException("this irstd cannot resize yet: " + manifest.geometry());
        }
        long width = padding.padded(image.width());
        long height = padding.padded(image.height());
        if (width > MOST_FLOATS || height > MOST_FLOATS / width / manifest.channels()) {
            throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height() + " makes an input"
                    + " of " + manifest.channels() + "x" + height + "x" + width + " floats, more than the "
                    + MOST_FLOATS + " that a buffer holds; cut it into tiles");
        }
        return new Shape(manifest.channels(), (int) height, (int) width);
    }

    /** Writes the input for an image; {@code input} begins at position 0 and holds {@code shape.floats()}. */
    void fill(InfraredImage image, Shape shape, FloatBuffer input) {
        Limits limits = limits(image);
        int[] samples = new int[image.width()];
        float[] grey = new float[image.width()];
        float[] row = new float[shape.width()];
        for (int y = 0; y < image.height(); y++) {
            image.row(y, samples);
            toGrey255(samples, limits, grey);
            for (int channel = 0; channel < shape.channels(); channel++) {
                normalize(grey, channel, row);
                input.put((channel * shape.height() + y) * shape.width(), row);
            }
        }
        float[] zeros = new float[shape.width()];
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = image.height(); y < shape.height(); y++) {
                input.put((channel * shape.height() + y) * shape.width(), zeros);
            }
        }
    }

    private Limits limits(InfraredImage image) {
        if (range instanceof InputRange.Between between) {
            return new Limits(between.low(), between.high());
        }
        if (range instanceof InputRange.PerImage) {
            return extremes(image);
        }
        return new Limits(0, (1 << image.bits()) - 1);
    }

    private static Limits extremes(InfraredImage image) {
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        int[] samples = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            image.row(y, samples);
            for (int sample : samples) {
                low = Math.min(low, sample);
                high = Math.max(high, sample);
            }
        }
        return new Limits(low, high);
    }

    /** The product stays below 2^24, so that the quotient is the only rounding. */
    private static void toGrey255(int[] samples, Limits limits, float[] grey) {
        float span = Math.max(limits.high() - limits.low(), 1);
        for (int x = 0; x < samples.length; x++) {
            int clamped = Math.min(Math.max(samples[x], limits.low()), limits.high());
            grey[x] = (clamped - limits.low()) * 255f / span;
        }
    }

    private void normalize(float[] grey, int channel, float[] row) {
        float mean = manifest.normalization().mean().get(channel);
        float standardDeviation = manifest.normalization().standardDeviation().get(channel);
        for (int x = 0; x < grey.length; x++) {
            row[x] = (grey[x] - mean) / standardDeviation;
        }
    }
}
