package dev.irstd.training.network;

import java.util.List;

/**
 * The way down in ACM and ALCNet: a stem to a quarter of the size and three stages of residual blocks.
 *
 * @param inputChannels channels of the image
 * @param blocks residual blocks of each stage
 */
record AcmEncoder(int inputChannels, int blocks) {
    /** Momentum of all norms but those inside residual blocks. */
    static final double MOMENTUM = 0.9;

    private static final MaxPool POOL = new MaxPool("stem.10", 3, 2, 1, MaxPool.Edge.DROP);

    /** Gives 16 channels at a quarter of the size, 32 at an eighth and 64 at a sixteenth. */
    <T> List<T> apply(Ops<T> ops, T image) {
        T c1 = BasicBlock.stage(ops, "layer1", 16, 16, blocks, stem(ops, image));
        T c2 = BasicBlock.stage(ops, "layer2", 16, 32, blocks, c1);
        T c3 = BasicBlock.stage(ops, "layer3", 32, 64, blocks, c2);
        return List.of(c1, c2, c3);
    }

    private <T> T stem(Ops<T> ops, T image) {
        T x = ops.batchNorm(norm(0, inputChannels), image);
        x = ops.conv(conv(1, inputChannels, 8).withStride(2), x);
        x = ops.relu(ops.batchNorm(norm(2, 8), x));
        x = ops.conv(conv(4, 8, 8), x);
        x = ops.relu(ops.batchNorm(norm(5, 8), x));
        x = ops.conv(conv(7, 8, 16), x);
        x = ops.relu(ops.batchNorm(norm(8, 16), x));
        return ops.maxPool(POOL, x);
    }

    private static Conv2d conv(int member, int in, int out) {
        return Conv2d.of("stem." + member, in, out, 3).withoutBias();
    }

    private static BatchNorm norm(int member, int channels) {
        return new BatchNorm("stem." + member, channels, MOMENTUM);
    }
}
