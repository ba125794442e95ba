package dev.irstd.training.onnx;

import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.ChannelScale;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * Weights and bias of a convolution, and what folds into them, in double precision.
 *
 * @param name stands for nothing else
 * @param weights [out, in / groups, height, width]
 * @param factors what the weights of each output channel are yet to be multiplied by
 * @param bias one for each output channel, factors included
 */
record Kernel(String name, FloatTensor weights, double[] factors, double[] bias) {
    static Kernel of(Conv2d conv, Weights weights) {
        double[] bias = conv.bias() ? doubles(weights.get(conv.biasKey())) : new double[conv.out()];
        return of(conv.name(), weights.get(conv.weightKey()), bias);
    }

    static Kernel of(String name, FloatTensor weights, double[] bias) {
        double[] ones = new double[bias.length];
        Arrays.fill(ones, 1);
        return new Kernel(name, weights, ones, bias);
    }

    /** Leaves images of so many channels as they are. */
    static Kernel identity(int channels) {
        float[] weights = new float[channels * channels];
        for (int channel = 0; channel < channels; channel++) {
            weights[channel * channels + channel] = 1;
        }
        FloatTensor matrix = new FloatTensor(List.of(channels, channels, 1, 1), weights);
        return of("identity of " + channels, matrix, new double[channels]);
    }

    private static double[] doubles(FloatTensor tensor) {
        double[] values = new double[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
        }
        return values;
    }

    int out() {
        return weights.shape().get(0);
    }

    int in() {
        return weights.shape().get(1);
    }

    int height() {
        return weights.shape().get(2);
    }

    int width() {
        return weights.shape().get(3);
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
    private Kernel then(String what, double[] by, double[] terms) {
        double[] scaled = new double[factors.length];
        double[] shifted = new double[bias.length];
        for (int channel = 0; channel < scaled.length; channel++) {
            scaled[channel] = factors[channel] * by[channel];
            shifted[channel] = bias[channel] * by[channel] + terms[channel];
        }
        return new Kernel(name + ", " + what, weights, scaled, shifted);
    }

    FloatTensor weightTensor() {
        float[] products = weights.values().clone();
        int taps = products.length / out();
        for (int i = 0; i < products.length; i++) {
            products[i] *= factors[i / taps];
        }
        return new FloatTensor(weights.shape(), products);
    }

    FloatTensor biasTensor() {
        float[] floats = new float[bias.length];
        for (int channel = 0; channel < floats.length; channel++) {
            floats[channel] = (float) bias[channel];
        }
        return new FloatTensor(List.of(floats.length), floats);
    }
}
