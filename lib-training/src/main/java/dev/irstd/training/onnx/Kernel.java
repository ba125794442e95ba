package dev.irstd.training.onnx;

import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.ChannelScale;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.util.List;

/**
 * Weights and bias of a convolution. What is folded into them is computed in double precision.
 *
 * @param name stands for nothing else
 * @param shape [out, in / groups, height, width]
 * @param weights in row-major order
 * @param bias one for each output channel
 */
record Kernel(String name, List<Integer> shape, double[] weights, double[] bias) {
    static Kernel of(Conv2d conv, Weights weights) {
        FloatTensor kernel = weights.get(conv.weightKey());
        double[] bias = conv.bias() ? doubles(weights.get(conv.biasKey())) : new double[conv.out()];
        return new Kernel(conv.name(), kernel.shape(), doubles(kernel), bias);
    }

    /** Leaves images of so many channels as they are. */
    static Kernel identity(int channels) {
        double[] weights = new double[channels * channels];
        for (int channel = 0; channel < channels; channel++) {
            weights[channel * channels + channel] = 1;
        }
        return new Kernel("identity of " + channels, List.of(channels, channels, 1, 1), weights, new double[channels]);
    }

    private static double[] doubles(FloatTensor tensor) {
        double[] values = new double[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
        }
        return values;
    }

    int out() {
        return shape.get(0);
    }

    int in() {
        return shape.get(1);
    }

    int height() {
        return shape.get(2);
    }

    int width() {
        return shape.get(3);
    }

    /** This convolution and a batch norm after it as one. */
    Kernel then(BatchNorm norm, Weights weights) {
        double[] factors = doubles(weights.get(norm.scaleKey()));
        double[] terms = doubles(weights.get(norm.shiftKey()));
        double[] means = doubles(weights.get(norm.meanKey()));
        double[] variances = doubles(weights.get(norm.varianceKey()));
        for (int channel = 0; channel < factors.length; channel++) {
            factors[channel] /= Math.sqrt(variances[channel] + BatchNorm.EPSILON);
            terms[channel] -= factors[channel] * means[channel];
        }
        return then(norm.name(), factors, terms);
    }

    /** This convolution and a factor for each channel after it as one. */
    Kernel then(ChannelScale scale, Weights weights) {
        return then(scale.name(), doubles(weights.get(scale.name())), new double[out()]);
    }

    /** This convolution, then a factor and a term for each channel. */
    private Kernel then(String what, double[] factors, double[] terms) {
        int taps = weights.length / out();
        double[] scaled = new double[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = weights[i] * factors[i / taps];
        }
        double[] shifted = new double[bias.length];
        for (int channel = 0; channel < shifted.length; channel++) {
            shifted[channel] = bias[channel] * factors[channel] + terms[channel];
        }
        return new Kernel(name + ", " + what, shape, scaled, shifted);
    }

    FloatTensor weightTensor() {
        return tensor(shape, weights);
    }

    FloatTensor biasTensor() {
        return tensor(List.of(bias.length), bias);
    }

    private static FloatTensor tensor(List<Integer> shape, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new FloatTensor(shape, floats);
    }
}
