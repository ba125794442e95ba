package dev.irstd.training.network;

/**
 * LW-IRSTNet's bottleneck that halves height and width: the way around it is a maximum pool and channels of zeros.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 * @param dropout share of the channels that training drops
 */
record DownBottleneck(String name, int in, int out, double dropout) {
    <T> T apply(Ops<T> ops, T x) {
        int width = in / 4;
        T around = ops.appendZeros(out - in, ops.maxPool(MaxPool.by(name + ".main_max1", 2), x));
        T y = unit(".ext_conv1").apply(ops, key -> Conv2d.of(key, in, width, 2).withStride(2), x);
        y = unit(".ext_conv2").apply(ops, key -> Conv2d.of(key, width, width, 3), y);
        y = unit(".ext_conv3").apply(ops, key -> Conv2d.of(key, width, out, 1), y);
        T sum = ops.add(around, ops.dropChannels(dropout, y));
        return ops.prelu(new PRelu(name + ".out_activation"), sum);
    }

    private ConvUnit unit(String sequence) {
        return new ConvUnit(name + sequence, 0, Rectifier.PRELU);
    }
}
