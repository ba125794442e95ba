package dev.irstd;

import java.nio.FloatBuffer;

/** From the samples of an image to the input of a network, {@code [1, channels, height, width]}. */
final class Preprocessing {
    /** ONNX Runtime addresses a direct buffer by an int of bytes. */
    static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

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

    /** The grey values of an image on the scale 0 to 255. */
    private static final class GreyRows implements Rows {
        private final InfraredImage image;
        private final Limits limits;
        private final int[] samples;

        GreyRows(InfraredImage image, Limits limits) {
            this.image = image;
            this.limits = limits;
            this.samples = new int[image.width()];
        }

        @Override
        public int width() {
            return image.width();
        }

        @Override
        public int height() {
            return image.height();
        }

        /** The product stays below 2^24, so that the quotient is the only rounding. */
        @Override
        public void read(int y, float[] row) {
            image.row(y, samples);
            float span = Math.max(limits.high() - limits.low(), 1);
            for (int x = 0; x < samples.length; x++) {
                int clamped = Math.min(Math.max(samples[x], limits.low()), limits.high());
                row[x] = (clamped - limits.low()) * 255f / span;
            }
        }
    }

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
        long width;
        long height;
        if (manifest.geometry() instanceof Geometry.Resize resize) {
            width = resize.width();
            height = resize.height();
        } else {
            Geometry.PadToMultiple padding = (Geometry.PadToMultiple) manifest.geometry();
            width = padding.padded(image.width());
            height = padding.padded(image.height());
        }
        if (width > MOST_FLOATS || height > MOST_FLOATS / width / manifest.channels()) {
            throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height() + " makes an input"
                    + " of " + manifest.channels() + "x" + height + "x" + width + " floats, more than the "
                    + MOST_FLOATS + " that a buffer holds; cut it into tiles");
        }
        return new Shape(manifest.channels(), (int) height, (int) width);
    }

    /** Writes the input for an image; {@code input} begins at position 0 and holds {@code shape.floats()}. */
    void fill(InfraredImage image, Shape shape, FloatBuffer input) {
        Rows grey = new GreyRows(image, limits(image));
        if (manifest.geometry() instanceof Geometry.Resize resize) {
            grey = new ResizedRows(grey, resize.width(), resize.height(), resize.sampling());
        }
        float[] values = new float[grey.width()];
        float[] row = new float[shape.width()];
        for (int y = 0; y < grey.height(); y++) {
            grey.read(y, values);
            for (int channel = 0; channel < shape.channels(); channel++) {
                normalize(values, channel, row);
                input.put((channel * shape.height() + y) * shape.width(), row);
            }
        }
        float[] zeros = new float[shape.width()];
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = grey.height(); y < shape.height(); y++) {
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

    private void normalize(float[] grey, int channel, float[] row) {
        float mean = manifest.normalization().mean().get(channel);
        float standardDeviation = manifest.normalization().standardDeviation().get(channel);
        for (int x = 0; x < grey.length; x++) {
            row[x] = (grey[x] - mean) / standardDeviation;
        }
    }
}
