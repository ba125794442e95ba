package dev.irstd.training.network;

/**
 * A residual block of two 3x3 convolutions; the shortcut is a 1x1 convolution where the channels change.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 */
record ResBlock(String name, int in, int out) {
    <T> T apply(Ops<T> ops, T x) {
        T y = ops.conv(Conv2d.of(name + ".conv1", in, out, 3), x);
        y = ops.relu(ops.batchNorm(new BatchNorm(name + ".bn1", out), y));
        y = ops.conv(Conv2d.of(name + ".conv2", out, out, 3), y);
        y = ops.batchNorm(new BatchNorm(name + ".bn2", out), y);
        return ops.relu(ops.add(y, in == out ? x : Shortcut.apply(ops, name, in, out, x)));
    }
}
