package dev.irstd.training.network;

/**
 * The residual block of ACM and ALCNet: two 3x3 convolutions without bias. A block that changes the channels also halves
 * height and width, on its way around by a 1x1 convolution.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 */
record BasicBlock(String name, int in, int out) {
    /** Runs blocks in a row; the first changes the channels. */
    static <T> T stage(Ops<T> ops, String name, int in, int out, int blocks, T x) {
        for (int block = 0; block < blocks; block++) {
            x = new BasicBlock(name + "." + block, block == 0 ? in : out, out).apply(ops, x);
        }
        return x;
    }

    <T> T apply(Ops<T> ops, T x) {
        T y = ops.conv(strided(".conv1", 3), x);
        y = ops.relu(ops.batchNorm(new BatchNorm(name + ".bn1", out), y));
        y = ops.conv(Conv2d.of(name + ".conv2", out, out, 3).withoutBias(), y);
        y = ops.batchNorm(new BatchNorm(name + ".bn2", out), y);
        return ops.relu(ops.add(y, in == out ? x : downsample(ops, x)));
    }

    private <T> T downsample(Ops<T> ops, T x) {
        T y = ops.conv(strided(".downsample.0", 1), x);
        return ops.batchNorm(new BatchNorm(name + ".downsample.1", out, AcmEncoder.MOMENTUM), y);
    }

    private Conv2d strided(String member, int kernel) {
        return Conv2d.of(name + member, in, out, kernel)
                .withStride(in == out ? 1 : 2)
                .withoutBias();
    }
}
