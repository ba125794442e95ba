package dev.irstd;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * From the samples of an image to its place in the input of a network, {@code [images, channels, height, width]}; or
 * the samples as they are to a network that makes that of them itself.
 */
final class Preprocessing {
    /** ONNX Runtime addresses a direct buffer by an int of bytes. */
    static final int MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

    private final ModelManifest manifest;
    private final InputRange range;
    /** The last one used, most often that of the next image too. */
    private volatile GreyScale recent = GreyScale.of(8, new InputRange.Limits(0, 255));

    /** Shape of the image inside a network. */
    record Shape(int channels, int height, int width) {
        int pixels() {
            return height * width;
        }

        int values() {
            return channels * pixels();
        }

        long[] dimensions(int images) {
            return new long[] {images, channels, height, width};
        }
    }

    /**
     * What a network is fed for an image or a part of one. Those that are equal can go in as one batch.
     *
     * @param type what the values are
     * @param fed shape of the values
     * @param inside shape that the network makes of it; the same unless the values are samples
     */
    record Input(InputType type, Shape fed, Shape inside) {
        int bytes() {
            return fed.values() * type.bytes();
        }

        /** How many of them fit into a buffer, at least 1. */
        int mostInBuffer() {
            return MOST_FLOATS / inside.values();
        }
    }

    /** The grey value, on the scale 0 to 255, of each sample that some bits can hold. */
    record GreyScale(int bits, InputRange.Limits limits, float[] greys) {
        /** The product stays below 2^24, so that the quotient is the only rounding. */
        private static GreyScale of(int bits, InputRange.Limits limits) {
            float span = limits.span();
            float[] greys = new float[1 << bits];
            for (int sample = 0; sample < greys.length; sample++) {
                int clamped = Math.min(Math.max(sample, limits.low()), limits.high());
                greys[sample] = (clamped - limits.low()) * 255f / span;
            }
            return new GreyScale(bits, limits, greys);
        }
    }

    /** The grey values of a part of an image. */
    private record GreyRows(InfraredImage image, Box part, GreyScale scale) implements Rows {
        @Override
        public int width() {
            return part.width();
        }

        @Override
        public int height() {
            return part.height();
        }

        @Override
        public void read(int y, float[] row) {
            image.row(part.x(), part.y() + y, part.width(), scale.greys(), row);
        }
    }

    Preprocessing(ModelManifest manifest, InputRange range) {
        this.manifest = manifest;
        this.range = range;
    }

    /**
     * The input for an image or a part of one.
     *
     * @throws IllegalArgumentException if no buffer can hold it
     */
    Input input(Box part) {
        Shape inside = shape(part);
        InputType type = manifest.input();
        return new Input(type, type.isSamples() ? new Shape(1, part.height(), part.width()) : inside, inside);
    }

    private Shape shape(Box part) {
        long width;
        long height;
        if (manifest.geometry() instanceof Geometry.Resize resize) {
            width = resize.width();
            height = resize.height();
        } else {
            Geometry.PadToMultiple padding = (Geometry.PadToMultiple) manifest.geometry();
            width = padding.padded(part.width());
            height = padding.padded(part.height());
        }
        if (width > MOST_FLOATS || height > MOST_FLOATS / width / manifest.channels()) {
            throw new IllegalArgumentException("an image of " + part.width() + "x" + part.height() + " makes an input"
                    + " of " + manifest.channels() + "x" + height + "x" + width + " floats, more than the "
                    + MOST_FLOATS + " that a buffer holds; build the detector with tiles");
        }
        return new Shape(manifest.channels(), (int) height, (int) width);
    }

    /** Writes the input for a part of an image to {@code values}, which begin at position 0 and hold its bytes. */
    void fill(InfraredImage image, Box part, InputRange.Limits limits, Input input, ByteBuffer values) {
        switch (input.type()) {
            case UINT8 -> image.samples(part, values);
            case UINT16 -> image.samples(part, values.asShortBuffer());
            case FLOAT32 -> fill(image, part, scale(image.bits(), limits), input.fed(), values.asFloatBuffer());
        }
    }

    private GreyScale scale(int bits, InputRange.Limits limits) {
        GreyScale scale = recent;
        if (scale.bits() != bits || !scale.limits().equals(limits)) {
            scale = GreyScale.of(bits, limits);
            recent = scale;
        }
        return scale;
    }

    private void fill(InfraredImage image, Box part, GreyScale scale, Shape shape, FloatBuffer input) {
        Rows grey = new GreyRows(image, part, scale);
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

    /**
     * What samples of an image are black and white.
     *
     * @throws IllegalArgumentException if the network takes fewer bits than the image has
     */
    InputRange.Limits limits(InfraredImage image) {
        if (manifest.input() == InputType.UINT8 && image.bits() > 8) {
            throw new IllegalArgumentException("an image of " + image.bits() + " bits for " + manifest.network()
                    + ", whose file takes samples of 8; export it with an input of uint16 or float32");
        }
        return range.limits(image);
    }

    private void normalize(float[] grey, int channel, float[] row) {
        float mean = manifest.normalization().mean().get(channel);
        float standardDeviation = manifest.normalization().standardDeviation().get(channel);
        for (int x = 0; x < grey.length; x++) {
            row[x] = (grey[x] - mean) / standardDeviation;
        }
    }
}
