package dev.irstd.training.network;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The recurrent reusable convolution block (RuCB) of RRCANet: residual units whose 3x3 convolutions are the same in
 * every round, while normalisation and shortcut are fresh in each. So a further round costs a network its running time
 * and few parameters.
 *
 * <p>A unit is two convolutions with a batch norm after each and a ReLU between them; what came in is added, then comes
 * another ReLU. Where the block changes the number of channels, its first unit adds it through a 1x1 convolution and a
 * batch norm.
 *
 * <p>The block stands for itself in all rounds: a network makes it once and applies it in round 0, 1, ... to whatever it
 * likes. In round {@code r} its layers are named {@code nameInRound(r).operator.N} and {@code nameInRound(r).shortcut.N};
 * a shared convolution goes by its names of all rounds.
 *
 * @param nameInRound module path of the block in a given round, another in each
 * @param rounds how often the block runs, at least 1
 * @param in input channels
 * @param out output channels
 * @param units residual units of two convolutions each, at least 1
 */
public record RucBlock(IntFunction<String> nameInRound, int rounds, int in, int out, int units) {
    /** Checks the numbers and the names. */
    public RucBlock {
        if (rounds < 1 || units < 1) {
            throw new IllegalArgumentException("no block with " + rounds + " rounds and " + units + " units (from 1)");
        }
        List<String> names = IntStream.range(0, rounds).mapToObj(nameInRound).toList();
        if (names.stream().distinct().count() < rounds) {
            throw new IllegalArgumentException(
                    "the rounds of a block need names of their own for what is not shared, got " + names);
        }
    }

    /**
     * Runs the block.
     *
     * @param ops what to do with each operation
     * @param round the round, from 0 to below {@link #rounds()}
     * @param x an image of {@code in} channels
     * @param <T> what an image is to the reader
     * @return an image of {@code out} channels and the same height and width
     */
    public <T> T apply(Ops<T> ops, int round, T x) {
        String name = nameInRound.apply(Objects.checkIndex(round, rounds));
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
