package dev.irstd.training;

import dev.irstd.Geometry;
import dev.irstd.Normalization;
import dev.irstd.training.data.Augmentation;
import dev.irstd.training.network.Network;
import dev.irstd.training.torch.Optimiser;
import dev.irstd.training.torch.Precision;
import dev.irstd.training.torch.TrainingLoss;
import dev.irstd.training.weights.Initialisation;
import java.util.function.Consumer;

/**
 * How a network is trained. Equal plans on equal data with equal thread counts give equal weights. Each {@code with}
 * method returns a changed copy.
 *
 * @param epochs passes over the training images, at least 1
 * @param batch patches a step, at least 1
 * @param patchSize side length of a patch in pixels, a multiple of the network's
 * @param normalization what the network gets for a grey value, one channel
 * @param augmentation how patches are cut from images
 * @param optimiser how gradients change weights; its learning rate is the highest of the schedule
 * @param schedule how the learning rate changes
 * @param loss what is minimised
 * @param averageDecay share of the past in the moving average of the weights, in [0, 1); the average is what counts
 * @param initialisation how convolutions start
 * @param prior probability of a target that the untrained network gives each pixel, in (0, 1)
 * @param precision how steps compute
 * @param seed of weights, order of images, augmentation and dropout
 */
public record TrainingPlan(
        int epochs,
        int batch,
        int patchSize,
        Normalization normalization,
        Augmentation augmentation,
        Optimiser optimiser,
        CosineSchedule schedule,
        TrainingLoss loss,
        double averageDecay,
        Initialisation initialisation,
        double prior,
        Precision precision,
        long seed) {
    public TrainingPlan {
        if (epochs < 1 || batch < 1 || patchSize < 1 || !(averageDecay >= 0 && averageDecay < 1)) {
            throw new IllegalArgumentException("no training of " + epochs + " epochs with batches of " + batch
                    + " patches of " + patchSize + " pixels and an average decay of " + averageDecay);
        }
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("prior " + prior + " is not a probability in (0, 1)");
        }
        if (normalization.channels() != 1) {
            throw new IllegalArgumentException(
                    "training feeds grey: a normalization of one channel, got " + normalization);
        }
    }

    /**
     * The recipe of the shipped models: AdamW at 0.002, cosine schedule, DpT-k, PyTorch's initialisation with a prior
     * of 1 % (docs/training.md says what was tried).
     *
     * @return the plan
     */
    public static TrainingPlan standard() {
        return new TrainingPlan(
                85,
                8,
                192,
                Normalization.NUAA_SIRST,
                Augmentation.standard(),
                new Optimiser.AdamW(0.002, 1e-4),
                new CosineSchedule(100, 0.005),
                TrainingLoss.DptK.standard(),
                0.995,
                Initialisation.PYTORCH,
                0.01,
                Precision.FLOAT32,
                1);
    }

    /**
     * The standard plan with what a network needs otherwise: DCONet and LPNetGA get images in [0, 1] and their own
     * losses, LPNetGA (patches alone supervised, as published for SIRST) patches of its one size.
     *
     * @param network the network
     * @return the plan
     */
    public static TrainingPlan standardFor(Network network) {
        TrainingPlan plan = standard();
        if (network.geometry() instanceof Geometry.Resize only) {
            plan = plan.withBatch(plan.batch(), only.width());
        }
        return switch (network.outputs()) {
            case LOGITS -> plan;
            case RECONSTRUCTION_AND_LOGITS ->
                plan.withNormalization(Normalization.UNIT).withLoss(new TrainingLoss.DcoNet());
            case PATCHES_AND_ATTENTION ->
                plan.withNormalization(Normalization.UNIT).withLoss(new TrainingLoss.LpNetGaPatches());
        };
    }

    /**
     * Changes the number of epochs.
     *
     * @param epochs at least 1
     * @return a changed copy
     */
    public TrainingPlan withEpochs(int epochs) {
        return changed(draft -> draft.epochs = epochs);
    }

    /**
     * Changes the size of a step.
     *
     * @param batch patches a step
     * @param patchSize side length of a patch in pixels
     * @return a changed copy
     */
    public TrainingPlan withBatch(int batch, int patchSize) {
        return changed(draft -> {
            draft.batch = batch;
            draft.patchSize = patchSize;
        });
    }

    /**
     * Changes the augmentation.
     *
     * @param augmentation how patches are cut from images
     * @return a changed copy
     */
    public TrainingPlan withAugmentation(Augmentation augmentation) {
        return changed(draft -> draft.augmentation = augmentation);
    }

    /**
     * Changes the learning rate of the optimiser.
     *
     * @param learningRate the highest of the schedule, above 0
     * @return a changed copy
     */
    public TrainingPlan withLearningRate(double learningRate) {
        return withOptimiser(optimiser.withLearningRate(learningRate));
    }

    /**
     * Changes the optimiser.
     *
     * @param optimiser how gradients change weights
     * @return a changed copy
     */
    public TrainingPlan withOptimiser(Optimiser optimiser) {
        return changed(draft -> draft.optimiser = optimiser);
    }

    /**
     * Changes the loss.
     *
     * @param loss what is minimised
     * @return a changed copy
     */
    public TrainingPlan withLoss(TrainingLoss loss) {
        return changed(draft -> draft.loss = loss);
    }

    /**
     * Changes the normalization.
     *
     * @param normalization what the network gets for a grey value, one channel
     * @return a changed copy
     */
    public TrainingPlan withNormalization(Normalization normalization) {
        return changed(draft -> draft.normalization = normalization);
    }

    /**
     * Changes where a training from scratch starts.
     *
     * @param initialisation how weights start
     * @param prior probability of a target that the untrained network gives each pixel, in (0, 1)
     * @return a changed copy
     */
    public TrainingPlan withInitialisation(Initialisation initialisation, double prior) {
        return changed(draft -> {
            draft.initialisation = initialisation;
            draft.prior = prior;
        });
    }

    /**
     * Changes the precision.
     *
     * @param precision how steps compute
     * @return a changed copy
     */
    public TrainingPlan withPrecision(Precision precision) {
        return changed(draft -> draft.precision = precision);
    }

    /**
     * Changes the seed.
     *
     * @param seed of weights, order of images, augmentation and dropout
     * @return a changed copy
     */
    public TrainingPlan withSeed(long seed) {
        return changed(draft -> draft.seed = seed);
    }

    private TrainingPlan changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.plan();
    }

    /** A copy that can be changed before it is checked. */
    private static final class Draft {
        private int epochs;
        private int batch;
        private int patchSize;
        private Normalization normalization;
        private Augmentation augmentation;
        private Optimiser optimiser;
        private CosineSchedule schedule;
        private TrainingLoss loss;
        private double averageDecay;
        private Initialisation initialisation;
        private double prior;
        private Precision precision;
        private long seed;

        Draft(TrainingPlan plan) {
            epochs = plan.epochs;
            batch = plan.batch;
            patchSize = plan.patchSize;
            normalization = plan.normalization;
            augmentation = plan.augmentation;
            optimiser = plan.optimiser;
            schedule = plan.schedule;
            loss = plan.loss;
            averageDecay = plan.averageDecay;
            initialisation = plan.initialisation;
            prior = plan.prior;
            precision = plan.precision;
            seed = plan.seed;
        }

        TrainingPlan plan() {
            return new TrainingPlan(
                    epochs,
                    batch,
                    patchSize,
                    normalization,
                    augmentation,
                    optimiser,
                    schedule,
                    loss,
                    averageDecay,
                    initialisation,
                    prior,
                    precision,
                    seed);
        }
    }
}
