package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/**
 * RRCANet, the recurrent reusable-convolution attention network: a small encoder and decoder that run several times
 * over the same convolutions.
 *
 * <p>Source: the RRCANet paper (JSTARS 2025) and its official code. Where the two differ, this is the code.
 */
public final class RRCANet implements Network {
    /** What becomes of the features of the rounds. */
    public enum Fusion {
        /** The feature stacking module: the features of all rounds together give the logits. */
        STACK,
        /** The last round's feature gives the logits. */
        LAST,
        /** Deep supervision: each round's feature gives logits of its own, through one head. */
        SUPERVISE
    }

    /**
     * The options of the network, and of {@link ResUNetRuCB}. Each {@code with} method returns a changed copy.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @param blocks residual units of each encoder level, shallow to deep; their number is the number of levels
     * @param iterations repetitions after the first round, at least 0
     * @param width channels of the first level, at least 1; each further level has twice as many
     * @param fusion what becomes of the features of the rounds; without iterations {@code STACK} means {@code LAST}
     */
    public record Options(int inputChannels, List<Integer> blocks, int iterations, int width, Fusion fusion) {
        public Options {
            blocks = List.copyOf(blocks);
            boolean feedable = inputChannels == 1 || inputChannels == 3;
            if (!feedable || blocks.size() < 2 || iterations < 0 || width < 1) {
                throw new IllegalArgumentException(
                        "no network with " + inputChannels + " input channels (1 or 3), blocks " + blocks
                                + " (at least 2 levels), " + iterations + " iterations, width " + width);
            }
            for (int units : blocks) {
                if (units < 1) {
                    throw new IllegalArgumentException("each level needs at least one residual unit, got " + blocks);
                }
            }
        }

        /**
         * Changes the input channels.
         *
         * @param inputChannels 1 or 3
         * @return a changed copy
         */
        public Options withInputChannels(int inputChannels) {
            return new Options(inputChannels, blocks, iterations, width, fusion);
        }

        /**
         * Changes the encoder levels.
         *
         * @param blocks residual units of each level
         * @return a changed copy
         */
        public Options withBlocks(Integer... blocks) {
            return new Options(inputChannels, List.of(blocks), iterations, width, fusion);
        }

        /**
         * Changes the number of iterations.
         *
         * @param iterations at least 0
         * @return a changed copy
         */
        public Options withIterations(int iterations) {
            return new Options(inputChannels, blocks, iterations, width, fusion);
        }

        /**
         * Changes the width.
         *
         * @param width channels of the first level
         * @return a changed copy
         */
        public Options withWidth(int width) {
            return new Options(inputChannels, blocks, iterations, width, fusion);
        }

        /**
         * Changes the fusion.
         *
         * @param fusion what becomes of the features of the rounds
         * @return a changed copy
         */
        public Options withFusion(Fusion fusion) {
            return new Options(inputChannels, blocks, iterations, width, fusion);
        }

        int rounds() {
            return iterations + 1;
        }

        int levels() {
            return blocks.size();
        }

        int channels(int level) {
            return width << level;
        }

        /** The place of a level among the decoder's modules, which count from the deepest. */
        int decoder(int level) {
            return levels() - 2 - level;
        }

        boolean stacks() {
            return fusion == Fusion.STACK && iterations > 0;
        }

        /** The image is halved between levels. */
        Geometry geometry() {
            return new Geometry.PadToMultiple(1 << (levels() - 1));
        }
    }

    private final String name;
    private final Options options;
    private final RecurrentUNet net;

    private RRCANet(String name, Options options) {
        this.name = name;
        this.options = options;
        net = new RecurrentUNet(options, this::merge);
    }

    /**
     * The network of any options.
     *
     * @param name the name it goes by
     * @param options its options
     * @return the network
     */
    public static RRCANet of(String name, Options options) {
        return new RRCANet(name, options);
    }

    /**
     * RRCANet-ResNet10: blocks 2, 1, 1, 1.
     *
     * @return the network with 1 input channel; 102 489 parameters
     */
    public static RRCANet rrcanet10() {
        return of("RRCANet-ResNet10", standardOptions().withBlocks(2, 1, 1, 1));
    }

    /**
     * RRCANet-18: blocks 3, 2, 2, 2. The paper's main network.
     *
     * @return the network with 1 input channel; 202 089 parameters
     */
    public static RRCANet rrcanet18() {
        return of("RRCANet", standardOptions());
    }

    /**
     * RRCANet-ResNet34: blocks 4, 4, 6, 3.
     *
     * @return the network with 1 input channel; 363 161 parameters
     */
    public static RRCANet rrcanet34() {
        return of("RRCANet-ResNet34", standardOptions().withBlocks(4, 4, 6, 3));
    }

    /**
     * The paper's options: 1 input channel, blocks 3, 2, 2, 2, two iterations after the first round, width 8, feature
     * stacking.
     *
     * @return the options of RRCANet-18
     */
    public static Options standardOptions() {
        return new Options(1, List.of(3, 2, 2, 2), 2, 8, Fusion.STACK);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public RRCANet withInputChannels(int inputChannels) {
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
        return options.geometry();
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(net.head());
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        return net.forward(ops, image);
    }

    private <T> T merge(Ops<T> ops, int round, int level, T shallow, T deep) {
        String module = "iteration" + round + "_layer" + options.decoder(level) + "_decoders_SBAM";
        return new Diaam(module, options.channels(level), options.channels(level + 1)).apply(ops, shallow, deep);
    }
}
