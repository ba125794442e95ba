package dev.irstd.training.network;

/**
 * A {@link ResBlock} with attention on its main branch.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 * @param attention what follows the second normalisation
 */
record CbamResBlock(String name, int in, int out, Cbam attention) {
    <T> T apply(Ops<T> ops, T x) {
        T y = ops.conv(Conv2d.of(name + ".conv1", in, out, 3), x);
        y = ops.relu(ops.batchNorm(new BatchNorm(name + ".bn1", out), y));
        y = ops.conv(Conv2d.of(name + ".conv2", out, out, 3), y);
        y = ops.batchNorm(new BatchNorm(name + ".bn2", out), y);
        y = attention.apply(ops, name, out, y);
        return ops.relu(ops.add(y, in == out ? x : Shortcut.apply(ops, name, in, out, x)));
    }
}
