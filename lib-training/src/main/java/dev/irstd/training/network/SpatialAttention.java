package dev.irstd.training.network;

import java.util.List;

/**
 * Spatial attention: a factor in (0, 1) for each pixel from the mean and the maximum of its channels.
 *
 * @param name module path
 * @param kernel side length of the convolution that makes the factor, odd
 */
record SpatialAttention(String name, int kernel) {
    <T> T apply(Ops<T> ops, T x) {
        return ops.mul(x, factor(ops, x));
    }

    <T> T factor(Ops<T> ops, T x) {
        T summary = ops.concat(List.of(ops.mean(Over.CHANNELS, x), ops.max(Over.CHANNELS, x)));
        Conv2d conv = Conv2d.of(name + ".conv1", 2, 1, kernel).withoutBias();
        return ops.sigmoid(ops.conv(conv, summary));
    }
}
