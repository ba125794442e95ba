package dev.irstd;

import java.util.List;
import java.util.Objects;

/**
 * The linear scaling of a network's input: {@code (grey - mean) / standardDeviation} in each channel, where grey is on
 * the scale 0 to 255 whatever the bits of the image (see {@link InputRange}).
 *
 * @param mean one finite number a channel
 * @param standardDeviation one finite number a channel, above 0
 */
public record Normalization(List<Float> mean, List<Float> standardDeviation) {
    /** Checks the numbers and copies the lists. */
    public Normalization {
        mean = List.copyOf(Objects.requireNonNull(mean, "mean"));
        standardDeviation = List.copyOf(Objects.requireNonNull(standardDeviation, "standardDeviation"));
        if (mean.isEmpty() || mean.size() != standardDeviation.size()) {
            throw new IllegalArgumentException("a normalization needs a mean and a standard deviation for each channel,"
                    + " got " + mean + " and " + standardDeviation);
        }
        for (float value : mean) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("mean " + value + " is not a finite number");
            }
        }
        for (float value : standardDeviation) {
            if (!(Float.isFinite(value) && value > 0)) {
                throw new IllegalArgumentException("standard deviation " + value + " is not a positive number");
            }
        }
    }

    /**
     * The normalization of a single channel.
     *
     * @param mean grey value that becomes 0, on the scale 0 to 255
     * @param standardDeviation grey values that make up 1, above 0
     * @return the normalization
     * @throws IllegalArgumentException if a number is not finite or the standard deviation not above 0
     */
    public static Normalization of(float mean, float standardDeviation) {
        return new Normalization(List.of(mean), List.of(standardDeviation));
    }

    /**
     * Returns the number of channels.
     *
     * @return how many channels have a mean and a standard deviation, at least 1
     */
    public int channels() {
        return mean.size();
    }
}
