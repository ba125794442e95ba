package dev.irstd.training.torch;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.Outputs;

/**
 * What a training minimises. Sums and the choice of the worst pixels run over the whole batch, as in the official code.
 *
 * <p>In the formulas {@code p} is the probability of a pixel, {@code t} what it should be, and {@code bce} its binary
 * cross entropy. Cross entropies are computed from logits, so that gradients stay where the official forms on clamped
 * probabilities have none; lib-loss-reference holds both.
 */
public sealed interface TrainingLoss {
    /**
     * Returns what the loss is computed from.
     *
     * @return the only outputs of a network that fit
     */
    Outputs outputs();

    /**
     * Checks that a network can be trained with this loss.
     *
     * @param network the network
     * @throws IllegalArgumentException if the network gives other outputs than the loss takes
     */
    default void requireFit(Network network) {
        if (network.outputs() != outputs()) {
            throw new IllegalArgumentException(network.name() + " gives " + network.outputs() + ", the loss " + this
                    + " takes " + outputs() + "; choose " + hint(network.outputs()));
        }
    }

    private static String hint(Outputs outputs) {
        return switch (outputs) {
            case LOGITS -> "a loss on logits, such as " + DptK.standard();
            case RECONSTRUCTION_AND_LOGITS -> new DcoNet().toString();
            case PATCHES_AND_ATTENTION -> new LpNetGa(20) + " or " + new LpNetGaPatches();
        };
    }

    /** A loss on logits. Of several outputs of a network (deep supervision) it is the mean. */
    sealed interface OnLogits extends TrainingLoss {
        @Override
        default Outputs outputs() {
            return Outputs.LOGITS;
        }
    }

    /** SoftIoU: 1 - (sum pt + 1) / (sum p + sum t - sum pt + 1). */
    record SoftIou() implements OnLogits {}

    /** Dice: 1 - (2 sum pt + 1) / (sum p + sum t + 1). */
    record Dice() implements OnLogits {}

    /** The mean of bce over all pixels, with which UIU-Net was published. */
    record BinaryCrossEntropy() implements OnLogits {}

    /**
     * The mean of the highest k percent of bce.
     *
     * @param k percent of the pixels that count, in (0, 100]
     */
    record TopK(double k) implements OnLogits {
        public TopK {
            requirePercent(k);
        }
    }

    /**
     * The mean of bce + epsilon * (1 - exp(-bce)) over all pixels.
     *
     * @param epsilon weight of the polynomial's first term, at least -1
     */
    record Poly(double epsilon) implements OnLogits {
        public Poly {
            requireEpsilon(epsilon);
        }
    }

    /**
     * The mean of the highest k percent of bce + epsilon * (1 - exp(-bce)).
     *
     * @param k percent of the pixels that count, in (0, 100]
     * @param epsilon weight of the polynomial's first term, at least -1
     */
    record PolyTopK(double k, double epsilon) implements OnLogits {
        public PolyTopK {
            requirePercent(k);
            requireEpsilon(epsilon);
        }
    }

    /**
     * DpT-k, the loss of RRCANet: {@link Dice} + {@link PolyTopK}.
     *
     * @param k percent of the pixels that count, in (0, 100]
     * @param epsilon weight of the polynomial's first term, at least -1
     */
    record DptK(double k, double epsilon) implements OnLogits {
        public DptK {
            requirePercent(k);
            requireEpsilon(epsilon);
        }

        /**
         * The paper's setting: the worst 10 %, epsilon 3.1.
         *
         * @return the loss
         */
        public static DptK standard() {
            return new DptK(10, 3.1);
        }
    }

    /**
     * The plain sum of two losses, such as Dice + Top-k and Poly + Top-k of the RRCANet paper.
     *
     * @param first a loss
     * @param second another one
     */
    record Sum(OnLogits first, OnLogits second) implements OnLogits {}

    /**
     * DCONet's: the mean of {@link SoftIou} over the images, each for itself, + 0.1 * the mean squared error of the
     * reconstructed image. The images that a step is given are what is reconstructed; the published network gets them in
     * [0, 1].
     */
    record DcoNet() implements TrainingLoss {
        @Override
        public Outputs outputs() {
            return Outputs.RECONSTRUCTION_AND_LOGITS;
        }
    }

    /**
     * LPNetGA's with supervised attention: {@link LpNetGaPatches} + the squared error of the attention against a density
     * of the targets, summed over an image and averaged over the batch. A mask that is set everywhere, or nearly, has no
     * density and is refused.
     *
     * @param sigma width of the density's filter in the frequency domain, above 0: the larger, the sharper the density.
     *     Published with 20, for MFIRST
     */
    record LpNetGa(double sigma) implements TrainingLoss {
        public LpNetGa {
            if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("sigma " + sigma + " is not a width above 0");
            }
        }

        @Override
        public Outputs outputs() {
            return Outputs.PATCHES_AND_ATTENTION;
        }
    }

    /**
     * LPNetGA's without supervision of the attention, as published for SIRST: the mean of bce over all pixels of all
     * patches, from probabilities, each logarithm held at -100 or above.
     */
    record LpNetGaPatches() implements TrainingLoss {
        @Override
        public Outputs outputs() {
            return Outputs.PATCHES_AND_ATTENTION;
        }
    }

    private static void requirePercent(double k) {
        if (!(k > 0 && k <= 100)) {
            throw new IllegalArgumentException("k " + k + " is not a percentage in (0, 100]");
        }
    }

    private static void requireEpsilon(double epsilon) {
        if (!(epsilon >= -1 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon " + epsilon
                    + " is not a weight from -1; below it the loss would fall while the error grows");
        }
    }
}
