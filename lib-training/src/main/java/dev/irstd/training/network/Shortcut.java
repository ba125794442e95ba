package dev.irstd.training.network;

/** The way around a residual unit whose channels change: a 1x1 convolution and its normalisation. */
final class Shortcut {
    private Shortcut() {}

    static <T> T apply(Ops<T> ops, String block, int in, int out, T x) {
        T y = ops.conv(Conv2d.of(block + ".shortcut.0", in, out, 1), x);
        return ops.batchNorm(new BatchNorm(block + ".shortcut.1", out), y);
    }
}
