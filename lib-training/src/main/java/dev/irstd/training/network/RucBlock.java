package dev.irstd.training.network;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * @param attention what follows the second normalisation of each unit, the same in every round; nothing in RRCANet
 * @param shortcut whether the shortcut's convolution is fresh in each round, as in RRCANet
 */
public record RucBlock(
        IntFunction<String> nameInRound,
        int rounds,
        int in,
        int out,
        int units,
        Optional<Cbam> attention,
        ShortcutConv shortcut) {
    /** What becomes of the shortcut's convolution from round to round. Its normalisation is fresh in any case. */
    public enum ShortcutConv {
        /** Each round has its own. */
        FRESH,
        /** All rounds have the same. */
        SHARED
    }

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
     * RRCANet's block: no attention, a fresh shortcut in each round.
     *
     * @param nameInRound module path of the block in a given round
     * @param rounds how often the block runs
     * @param in input channels
     * @param out output channels
     * @param units residual units of two convolutions each, at least 1
     */
    public RucBlock(IntFunction<String> nameInRound, int rounds, int in, int out, int units) {
        this(nameInRound, rounds, in, out, units, Optional.empty(), ShortcutConv.FRESH);
    }

    /**
     * This block with attention in each unit.
     *
     * @param attention what follows the second normalisation
     * @return a changed copy
     */
    public RucBlock withAttention(Cbam attention) {
        return new RucBlock(nameInRound, rounds, in, out, units, Optional.of(attention), shortcut);
    }

    /**
     * This block with another kind of shortcut.
     *
     * @param shortcut whether its convolution is fresh in each round
     * @return a changed copy
     */
    public RucBlock withShortcut(ShortcutConv shortcut) {
        return new RucBlock(nameInRound, rounds, in, out, units, attention, shortcut);
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
            T y = ops.conv(operator(first), x);
            y = ops.relu(ops.batchNorm(norm(name, first), y));
            y = ops.conv(operator(first + 1), y);
            y = ops.batchNorm(norm(name, first + 1), y);
            y = attend(ops, unit, y);
            x = ops.relu(ops.add(y, unit == 0 && in != out ? around(ops, name, x) : x));
        }
        return x;
    }

    /** The official code lists convolution, normalisation and ReLU in turn: the convolutions are members 0, 3, 6... */
    private Conv2d operator(int index) {
        return Conv2d.shared(inEachRound("operator." + 3 * index), index == 0 ? in : out, out, 3);
    }

    private BatchNorm norm(String name, int index) {
        return new BatchNorm(name + ".operator." + (3 * index + 1), out);
    }

    /** No official code has this. What all rounds share goes by its name in the first. */
    private <T> T attend(Ops<T> ops, int unit, T x) {
        String name = nameInRound.apply(0) + ".attention." + unit;
        return attention.map(cbam -> cbam.apply(ops, name, out, x)).orElse(x);
    }

    private <T> T around(Ops<T> ops, String name, T x) {
        List<String> names =
                shortcut == ShortcutConv.SHARED ? inEachRound("shortcut.0") : List.of(name + ".shortcut.0");
        T y = ops.conv(Conv2d.shared(names, in, out, 1), x);
        return ops.batchNorm(new BatchNorm(name + ".shortcut.1", out), y);
    }

    private List<String> inEachRound(String member) {
        return IntStream.range(0, rounds)
                .mapToObj(round -> nameInRound.apply(round) + "." + member)
                .toList();
    }
}
