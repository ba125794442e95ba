package dev.irstd.training.network;

/**
 * A factor in (0, 1) for each value: two 1x1 convolutions with a quarter of the channels between them.
 *
 * @param sequence module path of the sequence
 * @param first place of the first convolution in the sequence
 * @param channels channels of input and output
 * @param momentum of the norms
 */
record PointwiseGate(String sequence, int first, int channels, double momentum) {
    <T> T apply(Ops<T> ops, T x) {
        int hidden = channels / 4;
        T y = ops.conv(Conv2d.of(member(0), channels, hidden, 1), x);
        y = ops.relu(ops.batchNorm(new BatchNorm(member(1), hidden, momentum), y));
        y = ops.conv(Conv2d.of(member(3), hidden, channels, 1), y);
        return ops.sigmoid(ops.batchNorm(new BatchNorm(member(4), channels, momentum), y));
    }

    private String member(int offset) {
        return sequence + "." + (first + offset);
    }
}
