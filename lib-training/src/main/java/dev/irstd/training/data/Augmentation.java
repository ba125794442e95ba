package dev.irstd.training.data;

/**
 * How strongly training patches vary. Grey levels are on the scale 0 to 255 whatever the bits of the image.
 *
 * @param minScale smallest factor of the image's size, above 0
 * @param maxScale largest factor of the image's size, at least {@code minScale}; factors are drawn log-uniformly
 * @param targetProbability probability that the crop is placed to contain a target chosen at random, 0 to 1; other crops
 *     fall anywhere
 * @param flipProbability probability, each for itself, of a horizontal flip, a vertical flip and a transposition, 0 to 1
 * @param minContrast smallest factor of the grey values' distance from their mean over the crop, above 0
 * @param maxContrast largest such factor, at least {@code minContrast}; factors are drawn log-uniformly
 * @param maxOffset grey levels; a shift of all grey values is drawn uniformly from plus or minus this, at least 0
 * @param noiseProbability probability that Gaussian noise is added, 0 to 1
 * @param maxNoise grey levels; the noise's standard deviation is drawn uniformly from 0 to this, at least 0
 * @param inversionProbability probability that bright and dark are exchanged, 0 to 1
 */
public record Augmentation(
        double minScale,
        double maxScale,
        double targetProbability,
        double flipProbability,
        double minContrast,
        double maxContrast,
        double maxOffset,
        double noiseProbability,
        double maxNoise,
        double inversionProbability) {

    /**
     * Checks the ranges.
     *
     * @param minScale smallest factor of the size
     * @param maxScale largest factor of the size
     * @param targetProbability how many crops are placed on a target
     * @param flipProbability how many patches are flipped, and transposed
     * @param minContrast smallest factor of contrast
     * @param maxContrast largest factor of contrast
     * @param maxOffset largest shift of the grey levels
     * @param noiseProbability how many patches get noise
     * @param maxNoise largest standard deviation of the noise
     * @param inversionProbability how many patches are inverted
     * @throws IllegalArgumentException if a value lies outside the range stated for it
     */
    public Augmentation {
        checkFactors("scale", minScale, maxScale);
        checkFactors("contrast", minContrast, maxContrast);
        checkProbability("targetProbability", targetProbability);
        checkProbability("flipProbability", flipProbability);
        checkProbability("noiseProbability", noiseProbability);
        checkProbability("inversionProbability", inversionProbability);
        checkLevels("maxOffset", maxOffset);
        checkLevels("maxNoise", maxNoise);
    }

    private static void checkFactors(String name, double min, double max) {
        if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " from " + min + " to " + max + ": two positive factors needed, the smaller first");
        }
    }

    private static void checkProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is not a probability in [0, 1]");
        }
    }

    private static void checkLevels(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + ": grey levels of at least 0 needed");
        }
    }

    /**
     * Crops that fall anywhere, and nothing else.
     *
     * @return the augmentation
     */
    public static Augmentation none() {
        return new Augmentation(1, 1, 0, 0, 1, 1, 0, 0, 0, 0);
    }

    /**
     * Crops, every second one placed on a target, with flips and transpositions of probability 0.5: what the official
     * RRCANet code does on DenseSIRST.
     *
     * @return the augmentation
     */
    public static Augmentation plain() {
        return none().withTargets(0.5).withFlips(0.5);
    }

    /**
     * {@link #plain()} with more crops on targets, a scale of 0.7 to 1.4, a contrast of 0.7 to 1.4, an offset of up to 20
     * grey levels and, on every third patch, noise of up to 3 grey levels. Stronger than the recipe of the shipped models.
     *
     * @return the augmentation
     */
    public static Augmentation strong() {
        return plain().withTargets(0.65)
                .withScale(0.7, 1.4)
                .withContrast(0.7, 1.4)
                .withOffset(20)
                .withNoise(1 / 3.0, 3);
    }

    /**
     * Sets the factors of the image's size.
     *
     * @param min smallest factor, above 0
     * @param max largest factor
     * @return this augmentation with another scale
     */
    public Augmentation withScale(double min, double max) {
        return new Augmentation(
                min,
                max,
                targetProbability,
                flipProbability,
                minContrast,
                maxContrast,
                maxOffset,
                noiseProbability,
                maxNoise,
                inversionProbability);
    }

    /**
     * Sets how many crops are placed on a target.
     *
     * @param probability 0 to 1
     * @return this augmentation with other crops
     */
    public Augmentation withTargets(double probability) {
        return new Augmentation(
                minScale,
                maxScale,
                probability,
                flipProbability,
                minContrast,
                maxContrast,
                maxOffset,
                noiseProbability,
                maxNoise,
                inversionProbability);
    }

    /**
     * Sets how many patches are flipped, and transposed.
     *
     * @param probability 0 to 1
     * @return this augmentation with other flips
     */
    public Augmentation withFlips(double probability) {
        return new Augmentation(
                minScale,
                maxScale,
                targetProbability,
                probability,
                minContrast,
                maxContrast,
                maxOffset,
                noiseProbability,
                maxNoise,
                inversionProbability);
    }

    /**
     * Sets the factors of contrast.
     *
     * @param min smallest factor, above 0
     * @param max largest factor
     * @return this augmentation with another contrast
     */
    public Augmentation withContrast(double min, double max) {
        return new Augmentation(
                minScale,
                maxScale,
                targetProbability,
                flipProbability,
                min,
                max,
                maxOffset,
                noiseProbability,
                maxNoise,
                inversionProbability);
    }

    /**
     * Sets the largest shift of the grey values.
     *
     * @param levels grey levels, at least 0
     * @return this augmentation with another offset
     */
    public Augmentation withOffset(double levels) {
        return new Augmentation(
                minScale,
                maxScale,
                targetProbability,
                flipProbability,
                minContrast,
                maxContrast,
                levels,
                noiseProbability,
                maxNoise,
                inversionProbability);
    }

    /**
     * Sets the Gaussian noise.
     *
     * @param probability how many patches get noise, 0 to 1
     * @param maxLevels largest standard deviation in grey levels, at least 0
     * @return this augmentation with another noise
     */
    public Augmentation withNoise(double probability, double maxLevels) {
        return new Augmentation(
                minScale,
                maxScale,
                targetProbability,
                flipProbability,
                minContrast,
                maxContrast,
                maxOffset,
                probability,
                maxLevels,
                inversionProbability);
    }

    /**
     * Sets how many patches show cold targets on a warm background instead of the reverse.
     *
     * @param probability 0 to 1
     * @return this augmentation with another polarity
     */
    public Augmentation withInversion(double probability) {
        return new Augmentation(
                minScale,
                maxScale,
                targetProbability,
                flipProbability,
                minContrast,
                maxContrast,
                maxOffset,
                noiseProbability,
                maxNoise,
                probability);
    }
}
