package dev.irstd.training.network;

import java.util.function.Function;

/**
 * LW-IRSTNet's unit: a convolution without bias, its norm and its ReLU, neighbours in a sequence.
 *
 * @param sequence module path of the sequence
 * @param first place of the convolution in the sequence
 * @param rectifier the ReLU
 */
record ConvUnit(String sequence, int first, Rectifier rectifier) {
    /** Runs the unit around the convolution that is given for a name. */
    <T> T apply(Ops<T> ops, Function<String, Conv2d> named, T x) {
        Conv2d conv = named.apply(member(0)).withoutBias();
        T y = ops.batchNorm(new BatchNorm(member(1), conv.out()), ops.conv(conv, x));
        return rectifier.apply(ops, member(2), y);
    }

    private String member(int offset) {
        return sequence + "." + (first + offset);
    }
}
