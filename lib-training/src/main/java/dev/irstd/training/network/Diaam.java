package dev.irstd.training.network;

/**
 * The dual interactive aggregation attention module (DIAAM) of RRCANet's decoder: the deep feature passes channel
 * attention and a gate made from the shallow feature, then both are added.
 *
 * @param name module path
 * @param low channels of the shallow feature, and of the result
 * @param high channels of the deep feature
 */
record Diaam(String name, int low, int high) {
    private static final int RATIO = 8;

    <T> T apply(Ops<T> ops, T shallow, T deep) {
        T y = ops.conv(Conv2d.of(name + ".pwconv2", high, low, 1), deep);
        y = new ChannelAttention(name + ".ca", low, RATIO).apply(ops, y);
        T gate = ops.sigmoid(ops.conv(Conv2d.of(name + ".pwconv1", low, low, 1), shallow));
        return ops.add(shallow, ops.mul(y, gate));
    }
}
