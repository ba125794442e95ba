package dev.irstd;

import java.nio.FloatBuffer;

/** The probabilities of a network's output, without what stands right of and below them. */
final class ProbabilityRows implements Rows {
    private final String model;
    private final Activation activation;
    private final FloatBuffer output;
    private final int stride;
    private final int width;
    private final int height;

    /** Reads {@code width} x {@code height} values of an output whose rows are {@code stride} long. */
    ProbabilityRows(String model, Activation activation, FloatBuffer output, int stride, int width, int height) {
        this.model = model;
        this.activation = activation;
        this.output = output;
        this.stride = stride;
        this.width = width;
        this.height = height;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /** {@inheritDoc} Throws {@link InferenceException} if a value is no probability. */
    @Override
    public void read(int y, float[] row) {
        output.get(y * stride, row, 0, width);
        for (int x = 0; x < width; x++) {
            float value = row[x];
            float score = activation.probability(value);
            if (!(score >= 0 && score <= 1)) {
                throw new InferenceException("model " + model + " returned " + value + " at (" + x + ", " + y
                        + ") of a score map of " + width + "x" + height + ", which by its manifest's " + activation
                        + " is no probability in [0, 1]");
            }
            row[x] = score;
        }
    }
}
