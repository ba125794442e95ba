package dev.irstd.training.data;

import java.util.SplittableRandom;

/** What happens to the grey levels of one patch. */
final class GreyVariation {
    private final double blur;
    private final boolean backgroundInverted;
    private final boolean inverted;
    private final double contrast;
    private final double offset;
    private final double noise;
    private final double deadPixels;
    private final SplittableRandom noiseRandom;
    private final SplittableRandom deadRandom;

    private GreyVariation(Augmentation augmentation, SplittableRandom random) {
        inverted = random.nextDouble() < augmentation.inversionProbability();
        contrast = between(augmentation.minContrast(), augmentation.maxContrast(), random);
        offset = augmentation.maxOffset() * (2 * random.nextDouble() - 1);
        noise = upTo(augmentation.maxNoise(), augmentation.noiseProbability(), random);
        noiseRandom = random.split();
        backgroundInverted = random.nextDouble() < augmentation.backgroundInversionProbability();
        blur = upTo(augmentation.maxBlur(), augmentation.blurProbability(), random);
        deadPixels = upTo(augmentation.maxDeadPixels(), augmentation.deadPixelProbability(), random);
        deadRandom = random.split();
    }

    /** Draws one; as many random numbers are taken whatever the augmentation. */
    static GreyVariation draw(Augmentation augmentation, SplittableRandom random) {
        return new GreyVariation(augmentation, random);
    }

    /** Log-uniform. */
    static double between(double min, double max, SplittableRandom random) {
        double u = random.nextDouble();
        return min == max ? min : min * StrictMath.pow(max / min, u);
    }

    private static double upTo(double max, double probability, SplittableRandom random) {
        boolean chosen = random.nextDouble() < probability;
        double value = max * random.nextDouble();
        return chosen ? value : 0;
    }

    /**
     * Varies a patch.
     *
     * @param grey levels on 0 to 255, row by row; may be changed
     * @param covered 1 where a target is
     * @return the varied levels
     */
    float[] apply(float[] grey, float[] covered, int width, int height) {
        float[] varied = blur > 0 ? blurred(grey, width, height) : grey;
        if (backgroundInverted) {
            invertBackground(varied, covered, width, height);
        }
        scale(varied);
        addNoise(varied);
        stick(varied);
        return varied;
    }

    private float[] blurred(float[] grey, int width, int height) {
        int radius = (int) Math.ceil(3 * blur);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = StrictMath.exp(-i * i / (2 * blur * blur));
            sum += kernel[i + radius];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return smoothed(smoothed(grey, width, height, kernel, 1), height, width, kernel, width);
    }

    /** Smooths along lines of {@code length} values that lie {@code stride} apart; edges repeat. */
    private static float[] smoothed(float[] grey, int length, int lines, double[] kernel, int stride) {
        float[] result = new float[grey.length];
        int radius = kernel.length / 2;
        int nextLine = stride == 1 ? length : 1;
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < length; i++) {
                double sum = 0;
                for (int k = -radius; k <= radius; k++) {
                    int at = Math.min(Math.max(i + k, 0), length - 1);
                    sum += kernel[k + radius] * grey[line * nextLine + at * stride];
                }
                result[line * nextLine + i * stride] = (float) sum;
            }
        }
        return result;
    }

    /** A level I becomes 2 mean - I, and gets back twice what a target adds to its surroundings there. */
    private static void invertBackground(float[] grey, float[] covered, int width, int height) {
        float[] added = TargetLight.of(grey, covered, width, height);
        float twiceMean = 2 * mean(grey);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = twiceMean - grey[i] + 2 * added[i];
        }
    }

    private void scale(float[] grey) {
        if (!inverted && contrast == 1 && offset == 0) {
            return;
        }
        double average = mean(grey);
        float gain = (float) (inverted ? -contrast : contrast);
        float shift = (float) ((inverted ? 255 - average : average) + offset - gain * average);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = gain * grey[i] + shift;
        }
    }

    private static float mean(float[] grey) {
        double sum = 0;
        for (float level : grey) {
            sum += level;
        }
        return (float) (sum / grey.length);
    }

    private void addNoise(float[] grey) {
        if (noise > 0) {
            for (int i = 0; i < grey.length; i++) {
                grey[i] += (float) (noise * noiseRandom.nextGaussian());
            }
        }
    }

    private void stick(float[] grey) {
        long stuck = Math.round(deadPixels * grey.length);
        for (long i = 0; i < stuck; i++) {
            grey[deadRandom.nextInt(grey.length)] = (float) (255 * deadRandom.nextDouble());
        }
    }
}
