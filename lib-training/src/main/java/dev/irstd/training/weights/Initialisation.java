package dev.irstd.training.weights;

import dev.irstd.training.network.Parameter;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How weights start. Biases of convolutions, transposed convolutions and linear layers start as PyTorch's default in any
 * case.
 */
public enum Initialisation {
    /** PyTorch's default: weights and biases uniform in +-1/sqrt(fan-in). */
    PYTORCH {
        @Override
        void weight(Parameter parameter, float[] values, SplittableRandom random) {
            uniform(parameter, values, random);
        }
    },
    /**
     * The paper's: weights normal with variance 2/(fan-in + fan-out) (Xavier), biases as PyTorch's default. RRCANet
     * stays in the all-background solution with it (docs/training.md).
     */
    XAVIER_NORMAL {
        @Override
        void weight(Parameter parameter, float[] values, SplittableRandom random) {
            int fanOut = parameter.fanIn()
                    / parameter.shape().get(1)
                    * parameter.shape().get(0);
            normal(0, Math.sqrt(2.0 / (parameter.fanIn() + fanOut)), values, random);
        }
    },
    /**
     * AMFU-Net's own: weights normal with variance 2/fan-in (Kaiming), factors of batch norms normal around 1 with
     * deviation 0.02, biases as PyTorch's default.
     */
    KAIMING_NORMAL {
        @Override
        void weight(Parameter parameter, float[] values, SplittableRandom random) {
            normal(0, Math.sqrt(2.0 / parameter.fanIn()), values, random);
        }

        @Override
        void scale(float[] values, SplittableRandom random) {
            normal(1, 0.02, values, random);
        }
    },
    /** DCONet's own: {@link #XAVIER_NORMAL}, but biases of 0 where it estimates the sparse target. */
    DCONET {
        @Override
        void weight(Parameter parameter, float[] values, SplittableRandom random) {
            XAVIER_NORMAL.weight(parameter, values, random);
        }

        @Override
        void bias(Parameter parameter, float[] values, SplittableRandom random) {
            if (!parameter.name().contains(".sparse.")) {
                super.bias(parameter, values, random);
            }
        }
    };

    abstract void weight(Parameter parameter, float[] values, SplittableRandom random);

    void scale(float[] values, SplittableRandom random) {
        Arrays.fill(values, 1);
    }

    void bias(Parameter parameter, float[] values, SplittableRandom random) {
        uniform(parameter, values, random);
    }

    FloatTensor start(Parameter parameter, SplittableRandom random) {
        float[] values = new float[parameter.size()];
        switch (parameter.role()) {
            case WEIGHT -> weight(parameter, values, random);
            case BIAS -> bias(parameter, values, random);
            case TRANSPOSED_WEIGHT, LINEAR_WEIGHT -> uniform(parameter, values, random);
            case SLOPE -> Arrays.fill(values, 0.25f);
            case FACTOR -> Arrays.fill(values, 0.01f);
            case SCALE -> scale(values, random);
            case RUNNING_VARIANCE -> Arrays.fill(values, 1);
            case SHIFT, RUNNING_MEAN -> {}
        }
        return new FloatTensor(parameter.shape(), values);
    }

    private static void uniform(Parameter parameter, float[] values, SplittableRandom random) {
        double bound = 1 / Math.sqrt(parameter.fanIn());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
    }

    private static void normal(double mean, double deviation, float[] values, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(mean, deviation);
        }
    }
}
