package dev.irstd;

import java.util.List;
import java.util.Objects;

/**
 * The linear scaling of a network's input: {@code (grey - mean) / standardDeviation} in each channel, where grey is on
 * the scale 0 to 255 whatever the bits of the image (see {@link InputRange}).
 *
 * @param mean one finite number a channel
 * @param standardDeviation one finite number a channel, above 0, so large that 0 and 255 become finite floats
 */
public record Normalization(List<Float> mean, List<Float> standardDeviation) {
    /** Three channels by the constants of ImageNet: means 0.485, 0.456, 0.406, deviations 0.229, 0.224, 0.225, of 255. */
    public static final Normalization IMAGE_NET =
            new Normalization(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f));

    /** Grey to [0, 1], as DCONet and LPNetGA take it. */
    public static final Normalization UNIT = of(0, 255);

    /** What the toolbox BasicIRSTD scales NUAA-SIRST by. */
    public static final Normalization NUAA_SIRST = of(101.06385f, 34.619606f);

    /** What the toolbox BasicIRSTD scales NUDT-SIRST by. */
    public static final Normalization NUDT_SIRST = of(107.80905f, 33.022747f);

    /** What the toolbox BasicIRSTD scales IRSTD-1K by. */
    public static final Normalization IRSTD_1K = of(87.46619f, 39.719532f);

    /** What the official code of RRCANet scales NUDT-SIRST-Sea by. */
    public static final Normalization NUDT_SIRST_SEA = of(43.62404f, 18.918383f);

    /** What the official code of RRCANet scales its union of four data sets by. */
    public static final Normalization SIRST4 = of(62.10432f, 23.969984f);

    /** What the official code of RRCANet scales IRDST-real by. */
    public static final Normalization IRDST_REAL = of(101.540535f, 56.49856f);

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
        for (int channel = 0; channel < mean.size(); channel++) {
            float black = (0 - mean.get(channel)) / standardDeviation.get(channel);
            float white = (255 - mean.get(channel)) / standardDeviation.get(channel);
            if (!Float.isFinite(black) || !Float.isFinite(white)) {
                throw new IllegalArgumentException(
                        "mean " + mean.get(channel) + " and standard deviation " + standardDeviation.get(channel)
                                + " make " + black + " and " + white + " of the greys 0 and 255");
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
