package dev.irstd.training.network;

/**
 * A residual block of LPNetGA: 1x1, 3x3 and 1x1 convolutions; the way around is a 3x3 convolution where the channels
 * change.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 * @param statistics which normalise
 */
record LpNetBlock(String name, int in, int out, LPNetGA.Statistics statistics) {
    <T> T apply(Ops<T> ops, T x) {
        T y = ops.relu(name + ".relu1", normalised(ops, "bn1", Conv2d.of(name + ".conv1", in, out, 1), x));
        y = ops.relu(name + ".relu2", normalised(ops, "bn2", Conv2d.of(name + ".conv2", out, out, 3), y));
        y = normalised(ops, "bn3", Conv2d.of(name + ".conv3", out, out, 1), y);
        T around = in == out ? x : normalised(ops, "bn", Conv2d.of(name + ".identity", in, out, 3), x);
        return ops.relu(name + ".relu3", ops.add(y, around));
    }

    private <T> T normalised(Ops<T> ops, String norm, Conv2d conv, T x) {
        return statistics.normalise(ops, new BatchNorm(name + "." + norm, out), ops.conv(conv, x));
    }
}
