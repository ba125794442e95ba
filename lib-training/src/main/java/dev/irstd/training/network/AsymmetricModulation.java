package dev.irstd.training.network;

/**
 * The asymmetric contextual modulation of ACM and ALCNet: the deep feature as a whole says which channels of the shallow
 * one count, the shallow feature says pixel by pixel what of the deep one counts; then both are added.
 *
 * @param name module path
 * @param channels channels of either feature, and of the result
 */
record AsymmetricModulation(String name, int channels) {
    <T> T apply(Ops<T> ops, T deep, T shallow) {
        T topDown = gate(".topdown", 1).apply(ops, ops.mean(Over.PIXELS, deep));
        T bottomUp = gate(".bottomup", 0).apply(ops, shallow);
        T sum = ops.add(ops.times(2, ops.mul(shallow, topDown)), ops.times(2, ops.mul(deep, bottomUp)));
        T y = ops.conv(Conv2d.of(name + ".post.0", channels, channels, 3), sum);
        return ops.relu(ops.batchNorm(new BatchNorm(name + ".post.1", channels, AcmEncoder.MOMENTUM), y));
    }

    private PointwiseGate gate(String sequence, int first) {
        return new PointwiseGate(name + sequence, first, channels, AcmEncoder.MOMENTUM);
    }
}
