package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.RucBlock.ShortcutConv;
import java.util.ArrayList;
import java.util.List;

/**
 * DNANet that runs several times over the same convolutions (RuCB).
 *
 * <p>No code of it is public: the RRCANet paper says that RuCB was put into DNANet and gives 4.697 M parameters. Both
 * {@link Reading}s are this project's own. In either, 3x3 convolutions and attention are shared by the rounds and
 * normalisations are fresh in each; the fused feature of a round is the next one's input.
 */
public final class DNANetRuCB implements Network {
    /** What RuCB means where the paper is silent. */
    public enum Reading {
        /**
         * Comes to the paper's number of parameters: no attention in the encoder, shortcuts shared by the rounds, logits
         * from the last round's feature.
         */
        PAPER_COUNT,
        /**
         * As the public ResUNet+RuCB does it: attention everywhere, a fresh shortcut in each round, logits from the
         * features of all rounds. 7 % more parameters than the paper gives.
         */
        AS_RESUNET
    }

    private static final Cbam CBAM = new Cbam(16, 7);
    private static final List<Integer> CHANNELS = List.of(16, 32, 64, 128, 256);
    private static final List<Integer> UNITS = List.of(1, 2, 2, 2, 2);
    private static final int WIDTH = CHANNELS.get(0);
    private static final DenseNest NEST = new DenseNest(WIDTH, CHANNELS);
    private static final Conv2d HEAD = Conv2d.of("final", WIDTH, 1, 1);

    private final String name;
    private final int inputChannels;
    private final int iterations;
    private final Reading reading;

    private DNANetRuCB(String name, int inputChannels, int iterations, Reading reading) {
        this.name = name;
        this.inputChannels = InputChannels.require("DNANet+RuCB", inputChannels);
        this.iterations = iterations;
        this.reading = reading;
        if (iterations < 0) {
            throw new IllegalArgumentException("no DNANet+RuCB with " + iterations + " iterations (at least 0)");
        }
    }

    /**
     * The network of any number of iterations in any reading.
     *
     * @param name the name it goes by
     * @param iterations repetitions after the first round, at least 0
     * @param reading what RuCB means
     * @return the network with 1 input channel
     */
    public static DNANetRuCB of(String name, int iterations, Reading reading) {
        return new DNANetRuCB(name, 1, iterations, reading);
    }

    /**
     * The network of two iterations, as in the paper, that comes to the paper's number of parameters.
     *
     * @return the network with 1 input channel; 4 696 275 parameters
     */
    public static DNANetRuCB standard() {
        return of("DNANet+RuCB", 2, Reading.PAPER_COUNT);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public DNANetRuCB withInputChannels(int inputChannels) {
        return new DNANetRuCB(name, inputChannels, iterations, reading);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1 << NEST.coarsest());
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(HEAD);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x = new ResBlock("pre", inputChannels, WIDTH).apply(ops, image);
        List<T> rounds = new ArrayList<>();
        for (int round = 0; round <= iterations; round++) {
            x = round(ops.withoutModules(), round, x);
            rounds.add(x);
        }
        if (reading == Reading.AS_RESUNET) {
            x = new ResBlock("post", rounds.size() * WIDTH, WIDTH).apply(ops, ops.concat(rounds));
        }
        return List.of(ops.conv(HEAD, x));
    }

    private <T> T round(Ops<T> ops, int round, T image) {
        List<List<T>> rows = NEST.rows(
                ops, image, (row, column, in, x) -> node(row, column, in).apply(ops, round, x));
        RucBlock fusion = attentive(block("conv0_4_final", NEST.stackedChannels(), 0));
        return fusion.apply(ops, round, NEST.stack(ops, rows));
    }

    private RucBlock node(int row, int column, int in) {
        RucBlock block = block("conv" + row + "_" + column, in, row);
        boolean plain = column == 0 && reading == Reading.PAPER_COUNT;
        return plain ? block : attentive(block);
    }

    private RucBlock block(String name, int in, int row) {
        ShortcutConv shortcut = reading == Reading.PAPER_COUNT ? ShortcutConv.SHARED : ShortcutConv.FRESH;
        return new RucBlock(
                        round -> "iteration" + round + "_" + name,
                        iterations + 1,
                        in,
                        CHANNELS.get(row),
                        UNITS.get(row))
                .withShortcut(shortcut);
    }

    private static RucBlock attentive(RucBlock block) {
        return block.withAttention(CBAM);
    }
}
