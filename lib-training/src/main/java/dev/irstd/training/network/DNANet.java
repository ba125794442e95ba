package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.ArrayList;
import java.util.List;

/**
 * DNANet, the dense nested attention network: a triangle of attention blocks between encoder and decoder, so that the
 * features of small targets survive the coarse levels.
 *
 * <p>Source: the DNANet paper (TIP 2023) and its official code.
 */
public final class DNANet implements Network {
    /** What gives logits. */
    public enum Supervision {
        /** Deep supervision: the decoder's nodes of the finest level and the fused feature, each by its own head. */
        DEEP,
        /** The fused feature alone. */
        FUSED
    }

    /**
     * The options of the network. Each {@code with} method returns a changed copy.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @param channels channels of the five levels, fine to coarse
     * @param blocks residual blocks of each node on the levels after the first, which has one in each
     * @param supervision what gives logits
     */
    public record Options(int inputChannels, List<Integer> channels, List<Integer> blocks, Supervision supervision) {
        public Options {
            channels = List.copyOf(channels);
            blocks = List.copyOf(blocks);
            InputChannels.require("DNANet", inputChannels);
            boolean positive =
                    channels.stream().allMatch(c -> c > 0) && blocks.stream().allMatch(b -> b > 0);
            if (channels.size() != LEVELS || blocks.size() != LEVELS - 1 || !positive) {
                throw new IllegalArgumentException("no DNANet with channels " + channels
                        + " (5 levels, each from 1) and " + blocks + " blocks (4 levels, each from 1)");
            }
        }

        /**
         * Changes the input channels.
         *
         * @param inputChannels 1 or 3
         * @return a changed copy
         */
        public Options withInputChannels(int inputChannels) {
            return new Options(inputChannels, channels, blocks, supervision);
        }

        /**
         * Changes the channels.
         *
         * @param channels channels of the five levels
         * @return a changed copy
         */
        public Options withChannels(Integer... channels) {
            return new Options(inputChannels, List.of(channels), blocks, supervision);
        }

        /**
         * Changes the blocks.
         *
         * @param blocks residual blocks of each node on the four levels after the first
         * @return a changed copy
         */
        public Options withBlocks(Integer... blocks) {
            return new Options(inputChannels, channels, List.of(blocks), supervision);
        }

        /**
         * Changes the supervision.
         *
         * @param supervision what gives logits
         * @return a changed copy
         */
        public Options withSupervision(Supervision supervision) {
            return new Options(inputChannels, channels, blocks, supervision);
        }
    }

    private static final int LEVELS = 5;
    private static final Cbam CBAM = new Cbam(16, 7);

    private final String name;
    private final Options options;
    private final DenseNest nest;

    private DNANet(String name, Options options) {
        this.name = name;
        this.options = options;
        nest = new DenseNest(options.inputChannels(), options.channels());
    }

    /**
     * The network of any options.
     *
     * @param name the name it goes by
     * @param options its options
     * @return the network
     */
    public static DNANet of(String name, Options options) {
        return new DNANet(name, options);
    }

    /**
     * The network of the paper.
     *
     * @return the network of {@link #standardOptions}; 4 696 568 parameters
     */
    public static DNANet standard() {
        return of("DNANet", standardOptions());
    }

    /**
     * The paper's options: 1 input channel, 16 to 256 channels, two blocks in each node, deep supervision.
     *
     * @return the options
     */
    public static Options standardOptions() {
        return new Options(1, List.of(16, 32, 64, 128, 256), List.of(2, 2, 2, 2), Supervision.DEEP);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public DNANet withInputChannels(int inputChannels) {
        return of(name, options.withInputChannels(inputChannels));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inputChannels() {
        return options.inputChannels();
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1 << (LEVELS - 1));
    }

    @Override
    public List<Conv2d> heads() {
        return switch (options.supervision()) {
            case DEEP -> List.of(head("final1"), head("final2"), head("final3"), head("final4"));
            case FUSED -> List.of(head("final"));
        };
    }

    private Conv2d head(String name) {
        return Conv2d.of(name, options.channels().get(0), 1, 1);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        List<List<T>> rows = nest.rows(ops, image, (row, column, in, x) -> node(ops, row, column, in, x));
        T stacked = nest.stack(ops, rows);
        T fused = block("conv0_4_final.0", nest.stackedChannels(), 0).apply(ops, stacked);
        List<T> features = new ArrayList<>();
        if (options.supervision() == Supervision.DEEP) {
            features.addAll(rows.get(0).subList(1, LEVELS - 1));
        }
        features.add(fused);
        List<T> logits = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            logits.add(ops.conv(heads().get(i), features.get(i)));
        }
        return logits;
    }

    private <T> T node(Ops<T> ops, int row, int column, int in, T x) {
        String name = "conv" + row + "_" + column + ".";
        x = block(name + 0, in, row).apply(ops, x);
        for (int i = 1; row > 0 && i < options.blocks().get(row - 1); i++) {
            x = block(name + i, options.channels().get(row), row).apply(ops, x);
        }
        return x;
    }

    private CbamResBlock block(String name, int in, int row) {
        return new CbamResBlock(name, in, options.channels().get(row), CBAM);
    }
}
