package dev.irstd.training.network;

/**
 * The end of ACM and ALCNet: logits from a feature through a quarter of its channels.
 *
 * @param in input channels
 */
record AcmHead(int in) {
    private static final double DROPOUT = 0.1;

    <T> T apply(Ops<T> ops, T x) {
        T y = ops.conv(Conv2d.of("head.block.0", in, hidden(), 3).withoutBias(), x);
        y = ops.relu(ops.batchNorm(new BatchNorm("head.block.1", hidden(), AcmEncoder.MOMENTUM), y));
        return ops.conv(last(), ops.dropout(DROPOUT, y));
    }

    Conv2d last() {
        return Conv2d.of("head.block.4", hidden(), 1, 1);
    }

    private int hidden() {
        return in / 4;
    }
}
