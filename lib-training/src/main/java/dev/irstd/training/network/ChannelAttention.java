package dev.irstd.training.network;

/**
 * Channel attention: a factor in (0, 1) for each channel from its mean and its maximum through one small network.
 *
 * <p>The small network has {@code channels / ratio} hidden units, but at least one: RRCANet's half width asks for 4 / 8,
 * where the official code fails.
 *
 * @param name module path
 * @param channels channels
 * @param ratio channels over hidden units
 */
record ChannelAttention(String name, int channels, int ratio) {
    <T> T apply(Ops<T> ops, T x) {
        T factor = ops.sigmoid(ops.add(gate(ops, ops.mean(Over.PIXELS, x)), gate(ops, ops.max(Over.PIXELS, x))));
        return ops.mul(x, factor);
    }

    private <T> T gate(Ops<T> ops, T pooled) {
        int hidden = Math.max(1, channels / ratio);
        T y = ops.relu(ops.conv(Conv2d.of(name + ".fc1", channels, hidden, 1).withoutBias(), pooled));
        return ops.conv(Conv2d.of(name + ".fc2", hidden, channels, 1).withoutBias(), y);
    }
}
