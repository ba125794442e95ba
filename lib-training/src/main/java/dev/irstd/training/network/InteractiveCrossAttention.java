package dev.irstd.training.network;

import java.util.List;

/**
 * The interactive-cross attention of UIU-Net's skip connections: the deep feature as a whole says which channels of the
 * shallow one count, and what counts of that says which pixels of the deep one do.
 *
 * @param name module path
 * @param channels channels of either feature; the result has twice as many
 */
record InteractiveCrossAttention(String name, int channels) {
    <T> T apply(Ops<T> ops, T deep, T shallow) {
        T high = normalized(ops, ".feature_high", channels, 1, deep);
        T topDown = new PointwiseGate(name + ".topdown", 1, channels, BatchNorm.DEFAULT_MOMENTUM)
                .apply(ops, ops.mean(Over.PIXELS, high));
        T low = ops.mul(shallow, topDown);
        T bottomUp = new SpatialAttention(name + ".bottomup.3", 3)
                .factor(ops, normalized(ops, ".bottomup", channels / 4, 1, low));
        return ops.concat(List.of(post(ops, low), post(ops, ops.mul(high, bottomUp))));
    }

    private <T> T post(Ops<T> ops, T x) {
        return normalized(ops, ".post", channels, 3, ops.times(2, x));
    }

    private <T> T normalized(Ops<T> ops, String sequence, int out, int kernel, T x) {
        T y = ops.conv(Conv2d.of(name + sequence + ".0", channels, out, kernel), x);
        return ops.relu(ops.batchNorm(new BatchNorm(name + sequence + ".1", out), y));
    }
}
