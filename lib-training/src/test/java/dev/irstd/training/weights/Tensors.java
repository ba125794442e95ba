package dev.irstd.training.weights;

import java.util.List;
import java.util.SplittableRandom;

/** Tensors for tests. */
public final class Tensors {
    private Tensors() {}

    /**
     * Noise as a normalised image has it.
     *
     * @param seed the same seed gives the same values
     * @param shape its dimensions
     * @return normally distributed values of mean 0 and deviation 1
     */
    public static FloatTensor noise(long seed, Integer... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[List.of(shape).stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FloatTensor(List.of(shape), values);
    }

    /**
     * Compares element by element.
     *
     * @param a a tensor
     * @param b a tensor of the same shape
     * @return the largest absolute difference; NaN if there is one
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double distance(FloatTensor a, FloatTensor b) {
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(a.shape() + " is not " + b.shape());
        }
        double distance = 0;
        for (int i = 0; i < a.values().length; i++) {
            distance = Math.max(distance, Math.abs((double) a.values()[i] - b.values()[i]));
        }
        return distance;
    }
}
