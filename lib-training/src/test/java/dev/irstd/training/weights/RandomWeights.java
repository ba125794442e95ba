package dev.irstd.training.weights;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import java.util.SplittableRandom;

/** Weights for tests, in which every parameter matters: norms do not start at the identity. */
public final class RandomWeights {
    private RandomWeights() {}

    /**
     * Convolutions as PyTorch starts them; factors and variances in [0.5, 1.5), offsets and means in [-0.5, 0.5).
     *
     * @param network the network
     * @param seed the same seed gives the same weights
     * @return fresh weights
     */
    public static Weights of(Network network, long seed) {
        Weights weights = Weights.initial(network, Initialisation.PYTORCH, 0.5, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            float[] values = weights.get(parameter.name()).values();
            switch (parameter.role()) {
                case SCALE, RUNNING_VARIANCE -> fill(values, 0.5f, random);
                case SHIFT, RUNNING_MEAN -> fill(values, -0.5f, random);
                case WEIGHT, BIAS -> {}
            }
        }
        return weights;
    }

    private static void fill(float[] values, float least, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = least + (float) random.nextDouble();
        }
    }
}
