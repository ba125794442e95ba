package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/**
 * The options of networks that run several times over the same convolutions: {@link RRCANet} and {@link ResUNetRuCB}. Each
 * {@code with} method returns a changed copy.
 *
 * @param inputChannels 1 for grey, 3 for grey replicated
 * @param blocks residual units of each encoder level, shallow to deep; their number is the number of levels
 * @param iterations repetitions after the first round, at least 0
 * @param width channels of the first level, at least 1; each further level has twice as many
 * @param fusion what becomes of the features of the rounds; without iterations {@code STACK} means {@code LAST}
 */
public record RecurrentOptions(int inputChannels, List<Integer> blocks, int iterations, int width, Fusion fusion) {
    /** What becomes of the features of the rounds. */
    public enum Fusion {
        /** The feature stacking module: the features of all rounds together give the logits. */
        STACK,
        /** The last round's feature gives the logits. */
        LAST,
        /** Deep supervision: each round's feature gives logits of its own, through one head. */
        SUPERVISE
    }

    /** Checks the numbers. */
    public RecurrentOptions {
        blocks = List.copyOf(blocks);
        boolean feedable = inputChannels == 1 || inputChannels == 3;
        if (!feedable || blocks.size() < 2 || iterations < 0 || width < 1) {
            throw new IllegalArgumentException("no network with " + inputChannels + " input channels (1 or 3), blocks "
                    + blocks + " (at least 2 levels), " + iterations + " iterations, width " + width);
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
    public RecurrentOptions withInputChannels(int inputChannels) {
        return new RecurrentOptions(inputChannels, blocks, iterations, width, fusion);
    }

    /**
     * Changes the encoder levels.
     *
     * @param blocks residual units of each level
     * @return a changed copy
     */
    public RecurrentOptions withBlocks(Integer... blocks) {
        return new RecurrentOptions(inputChannels, List.of(blocks), iterations, width, fusion);
    }

    /**
     * Changes the number of iterations.
     *
     * @param iterations at least 0
     * @return a changed copy
     */
    public RecurrentOptions withIterations(int iterations) {
        return new RecurrentOptions(inputChannels, blocks, iterations, width, fusion);
    }

    /**
     * Changes the width.
     *
     * @param width channels of the first level
     * @return a changed copy
     */
    public RecurrentOptions withWidth(int width) {
        return new RecurrentOptions(inputChannels, blocks, iterations, width, fusion);
    }

    /**
     * Changes the fusion.
     *
     * @param fusion what becomes of the features of the rounds
     * @return a changed copy
     */
    public RecurrentOptions withFusion(Fusion fusion) {
        return new RecurrentOptions(inputChannels, blocks, iterations, width, fusion);
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
