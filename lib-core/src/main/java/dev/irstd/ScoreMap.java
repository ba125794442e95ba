package dev.irstd;

import java.util.Arrays;

/**
 * The probability of a target at each pixel of an image. Immutable and thread-safe.
 */
public final class ScoreMap {
    private final int width;
    private final int height;
    private final float[] scores;

    /** Takes ownership of {@code scores}. */
    ScoreMap(int width, int height, float[] scores) {
        this.width = width;
        this.height = height;
        this.scores = scores;
    }

    /**
     * A score map from one probability a pixel.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param scores {@code width * height} probabilities in [0, 1], row by row; copied
     * @return the score map
     * @throws IllegalArgumentException if the sizes do not agree or a score lies outside [0, 1]
     */
    public static ScoreMap of(int width, int height, float[] scores) {
        if (width < 1 || height < 1 || scores.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a score map of " + width + "x" + height + " does not have " + scores.length + " scores");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 1)) {
                throw new IllegalArgumentException("score " + scores[i] + " at (" + i % width + ", " + i / width
                        + ") is not a probability in [0, 1]");
            }
        }
        return new ScoreMap(width, height, scores.clone());
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
     * Returns the score of a pixel.
     *
     * @param x column, 0 to {@code width - 1}
     * @param y row, 0 to {@code height - 1}
     * @return the probability of a target, in [0, 1]
     * @throws IndexOutOfBoundsException if the pixel lies outside the map
     */
    public float get(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException(
                    "pixel (" + x + ", " + y + ") of a " + width + "x" + height + " score map");
        }
        return scores[y * width + x];
    }

    /**
     * Returns all scores.
     *
     * @return a copy, {@code width * height} probabilities row by row
     */
    public float[] toArray() {
        return scores.clone();
    }

    /**
     * The pixels whose score exceeds a threshold.
     *
     * @param threshold probability in [0, 1]; a score must be strictly above it
     * @return the mask, of this map's size
     * @throws IllegalArgumentException if the threshold is not a probability
     */
    public Mask above(float threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not a probability in [0, 1]");
        }
        return runsAbove(threshold).mask();
    }

    Runs runsAbove(float threshold) {
        return Runs.above(threshold, width, height, scores);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreMap map
                && width == map.width
                && height == map.height
                && Arrays.equals(scores, map.scores);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
        return "ScoreMap[" + width + "x" + height + "]";
    }
}
