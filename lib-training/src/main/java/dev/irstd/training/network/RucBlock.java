package dev.irstd.training.network;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The recurrent reusable convolution block (RuCB) of RRCANet: residual units whose 3x3 convolutions are the same in
 * every round, while normalisation and shortcut are fresh in each.
 *
 * @param nameInRound module path of the block in a given round
 * @param rounds how often the block runs
 * @param in input channels
 * @param out output channels
 * @param units residual units of two convolutions each, at least 1
 */
public record RucBlock(IntFunction<String> nameInRound, int rounds, int in, int out, int units) {
    /**
     * Runs the block.
     *
     * @param ops what to do with each operation
     * @param round the round, from 0
     * @param x an image of {@code in} channels
     * @param <T> what an image is to the reader
     * @return an image of {@code out} channels and the same height and width
     */
    public <T> T apply(Ops<T> ops, int round, T x) {
        String name = nameInRound.apply(round);
        for (int unit = 0; unit < units; unit++) {
            int first = 2 * unit;
            T y = ops.conv(shared(first), x);
            y = ops.relu(ops.batchNorm(norm(name, first), y));
            y = ops.conv(shared(first + 1), y);
            y = ops.batchNorm(norm(name, first + 1), y);
            x = ops.relu(ops.add(y, unit == 0 && in != out ? Shortcut.apply(ops, name, in, out, x) : x));
        }
        return x;
    }

    /** The official code lists convolution, normalisation and ReLU in turn: the convolutions are members 0, 3, 6... */
    private Conv2d shared(int index) {
        List<String> names = IntStream.range(0, rounds)
                .mapToObj(round -> nameInRound.apply(round) + ".operator." + 3 * index)
                .toList();
        return Conv2d.shared(names, index == 0 ? in : out, out, 3);
    }

    private BatchNorm norm(String name, int index) {
        return new BatchNorm(name + ".operator." + (3 * index + 1), out);
    }
}
