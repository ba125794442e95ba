package dev.irstd.training.data;

import java.util.function.Consumer;

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
 * @param backgroundInversionProbability probability that bright and dark are exchanged but for the targets, which stay as
 *     much warmer or colder than their surroundings as they were, 0 to 1
 * @param blurProbability probability that the patch is blurred by a Gaussian, 0 to 1
 * @param maxBlur pixels; the Gaussian's standard deviation is drawn uniformly from 0 to this, 0 to 4
 * @param deadPixelProbability probability that some of the patch's pixels are stuck, 0 to 1
 * @param maxDeadPixels the share of stuck pixels is drawn uniformly from 0 to this, 0 to 0.1; each is stuck at a level
 *     from 0 to 255 of its own
 * @param pasteProbability probability that a target of any training image is put into this one, 0 to 1: with its light, turned
 *     one of eight ways, at a place chosen at random where no target is and where at least half of its light shows
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
        double inversionProbability,
        double backgroundInversionProbability,
        double blurProbability,
        double maxBlur,
        double deadPixelProbability,
        double maxDeadPixels,
        double pasteProbability) {
    private static final double MOST_BLUR = 4;
    private static final double MOST_DEAD_PIXELS = 0.1;

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
     * @param backgroundInversionProbability how many patches are inverted but for their targets
     * @param blurProbability how many patches are blurred
     * @param maxBlur largest standard deviation of the blur
     * @param deadPixelProbability how many patches have stuck pixels
     * @param maxDeadPixels largest share of stuck pixels
     * @param pasteProbability how many images get a target of any
     * @throws IllegalArgumentException if a value lies outside the range stated for it
     */
    public Augmentation {
        requireFactors("scale", minScale, maxScale);
        requireFactors("contrast", minContrast, maxContrast);
        requireWithin(1, "targetProbability", targetProbability);
        requireWithin(1, "flipProbability", flipProbability);
        requireWithin(1, "noiseProbability", noiseProbability);
        requireWithin(1, "inversionProbability", inversionProbability);
        requireWithin(1, "backgroundInversionProbability", backgroundInversionProbability);
        requireWithin(1, "blurProbability", blurProbability);
        requireWithin(1, "deadPixelProbability", deadPixelProbability);
        requireWithin(1, "pasteProbability", pasteProbability);
        requireWithin(Double.MAX_VALUE, "maxOffset", maxOffset);
        requireWithin(Double.MAX_VALUE, "maxNoise", maxNoise);
        requireWithin(MOST_BLUR, "maxBlur", maxBlur);
        requireWithin(MOST_DEAD_PIXELS, "maxDeadPixels", maxDeadPixels);
    }

    private static void requireFactors(String name, double min, double max) {
        if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " from " + min + " to " + max + ": two positive factors needed, the smaller first");
        }
    }

    private static void requireWithin(double most, String name, double value) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(name + " " + value + " is not in 0 to " + most);
        }
    }

    /**
     * Crops that fall anywhere, and nothing else.
     *
     * @return the augmentation
     */
    public static Augmentation none() {
        return new Augmentation(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
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
     * {@link #plain()} with more crops on targets, a scale of 0.8 to 1.25, a contrast of 0.8 to 1.25 and an offset of up
     * to 10 grey levels: for images of the sensor that the network will see.
     *
     * @return the augmentation
     */
    public static Augmentation standard() {
        return plain().withTargets(0.65)
                .withScale(0.8, 1.25)
                .withContrast(0.8, 1.25)
                .withOffset(10);
    }

    /**
     * {@link #plain()} with more crops on targets, a scale of 0.7 to 1.4, a contrast of 0.7 to 1.4, an offset of up to 20
     * grey levels and, on every third patch, noise of up to 3 grey levels. Stronger than {@link #standard()}.
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
     * {@link #plain()} with all that tells one sensor from another, for images of sensors that are not known yet: a scale
     * of 0.7 to 1.4, a contrast of 0.5 to 1.6, an offset of up to 40 grey levels, noise of up to 6 grey levels on every
     * third patch, and on every fifth patch each a blur of up to 1 pixel, up to two stuck pixels in ten thousand, and a
     * background whose bright and dark are exchanged.
     *
     * @return the augmentation
     */
    public static Augmentation anySensor() {
        return plain().withTargets(0.65)
                .withScale(0.7, 1.4)
                .withContrast(0.5, 1.6)
                .withOffset(40)
                .withNoise(1 / 3.0, 6)
                .withBlur(0.2, 1)
                .withDeadPixels(0.2, 2e-4)
                .withBackgroundInversion(0.2);
    }

    /**
     * Sets the factors of the image's size.
     *
     * @param min smallest factor, above 0
     * @param max largest factor
     * @return this augmentation with another scale
     */
    public Augmentation withScale(double min, double max) {
        return changed(draft -> {
            draft.minScale = min;
            draft.maxScale = max;
        });
    }

    /**
     * Sets how many crops are placed on a target.
     *
     * @param probability 0 to 1
     * @return this augmentation with other crops
     */
    public Augmentation withTargets(double probability) {
        return changed(draft -> draft.targetProbability = probability);
    }

    /**
     * Sets how many patches are flipped, and transposed.
     *
     * @param probability 0 to 1
     * @return this augmentation with other flips
     */
    public Augmentation withFlips(double probability) {
        return changed(draft -> draft.flipProbability = probability);
    }

    /**
     * Sets the factors of contrast.
     *
     * @param min smallest factor, above 0
     * @param max largest factor
     * @return this augmentation with another contrast
     */
    public Augmentation withContrast(double min, double max) {
        return changed(draft -> {
            draft.minContrast = min;
            draft.maxContrast = max;
        });
    }

    /**
     * Sets the largest shift of the grey values.
     *
     * @param levels grey levels, at least 0
     * @return this augmentation with another offset
     */
    public Augmentation withOffset(double levels) {
        return changed(draft -> draft.maxOffset = levels);
    }

    /**
     * Sets the Gaussian noise.
     *
     * @param probability how many patches get noise, 0 to 1
     * @param maxLevels largest standard deviation in grey levels, at least 0
     * @return this augmentation with another noise
     */
    public Augmentation withNoise(double probability, double maxLevels) {
        return changed(draft -> {
            draft.noiseProbability = probability;
            draft.maxNoise = maxLevels;
        });
    }

    /**
     * Sets how many patches show cold targets on a warm background instead of the reverse.
     *
     * @param probability 0 to 1
     * @return this augmentation with another polarity
     */
    public Augmentation withInversion(double probability) {
        return changed(draft -> draft.inversionProbability = probability);
    }

    /**
     * Sets how many patches show their targets, as they are, on a background whose bright and dark are exchanged.
     *
     * @param probability 0 to 1
     * @return this augmentation with another polarity of the background
     */
    public Augmentation withBackgroundInversion(double probability) {
        return changed(draft -> draft.backgroundInversionProbability = probability);
    }

    /**
     * Sets the blur.
     *
     * @param probability how many patches are blurred, 0 to 1
     * @param maxPixels largest standard deviation in pixels, 0 to 4
     * @return this augmentation with another blur
     */
    public Augmentation withBlur(double probability, double maxPixels) {
        return changed(draft -> {
            draft.blurProbability = probability;
            draft.maxBlur = maxPixels;
        });
    }

    /**
     * Sets the stuck pixels.
     *
     * @param probability how many patches have some, 0 to 1
     * @param maxShare largest share of the pixels, 0 to 0.1
     * @return this augmentation with other stuck pixels
     */
    public Augmentation withDeadPixels(double probability, double maxShare) {
        return changed(draft -> {
            draft.deadPixelProbability = probability;
            draft.maxDeadPixels = maxShare;
        });
    }

    /**
     * Sets how many images get a target of any of the training images: for few images, whose targets a network could learn
     * by heart.
     *
     * @param probability 0 to 1
     * @return this augmentation with other pasted targets
     */
    public Augmentation withPastedTargets(double probability) {
        return changed(draft -> draft.pasteProbability = probability);
    }

    private Augmentation changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.augmentation();
    }

    /** A copy that can be changed before it is checked. */
    private static final class Draft {
        private double minScale;
        private double maxScale;
        private double targetProbability;
        private double flipProbability;
        private double minContrast;
        private double maxContrast;
        private double maxOffset;
        private double noiseProbability;
        private double maxNoise;
        private double inversionProbability;
        private double backgroundInversionProbability;
        private double blurProbability;
        private double maxBlur;
        private double deadPixelProbability;
        private double maxDeadPixels;
        private double pasteProbability;

        Draft(Augmentation from) {
            minScale = from.minScale;
            maxScale = from.maxScale;
            targetProbability = from.targetProbability;
            flipProbability = from.flipProbability;
            minContrast = from.minContrast;
            maxContrast = from.maxContrast;
            maxOffset = from.maxOffset;
            noiseProbability = from.noiseProbability;
            maxNoise = from.maxNoise;
            inversionProbability = from.inversionProbability;
            backgroundInversionProbability = from.backgroundInversionProbability;
            blurProbability = from.blurProbability;
            maxBlur = from.maxBlur;
            deadPixelProbability = from.deadPixelProbability;
            maxDeadPixels = from.maxDeadPixels;
            pasteProbability = from.pasteProbability;
        }

        Augmentation augmentation() {
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
                    inversionProbability,
                    backgroundInversionProbability,
                    blurProbability,
                    maxBlur,
                    deadPixelProbability,
                    maxDeadPixels,
                    pasteProbability);
        }
    }
}
