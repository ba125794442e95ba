package dev.irstd.training;

import dev.irstd.Normalization;
import dev.irstd.training.data.Augmentation;
import dev.irstd.training.network.DCONet;
import dev.irstd.training.network.LPNetGA;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.torch.Optimiser;
import dev.irstd.training.torch.Precision;
import dev.irstd.training.torch.TrainingLoss;
import dev.irstd.training.weights.Initialisation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrainingPlanTest {
    private static final TrainingPlan PLAN = TrainingPlan.standard();

    @Test
    void changesOneThingAtATime() {
        Optimiser optimiser = new Optimiser.Adagrad(0.05, 0);
        TrainingLoss loss = new TrainingLoss.SoftIou();

        assertThat(PLAN.withEpochs(3).epochs()).isEqualTo(3);
        assertThat(PLAN.withEpochs(3).withEpochs(PLAN.epochs())).isEqualTo(PLAN);
        assertThat(PLAN.withBatch(2, 64).batch()).isEqualTo(2);
        assertThat(PLAN.withBatch(2, 64).patchSize()).isEqualTo(64);
        assertThat(PLAN.withBatch(2, 64).withBatch(PLAN.batch(), PLAN.patchSize()))
                .isEqualTo(PLAN);
        assertThat(PLAN.withAugmentation(Augmentation.none()).augmentation()).isEqualTo(Augmentation.none());
        assertThat(PLAN.withAugmentation(Augmentation.none()).withAugmentation(PLAN.augmentation()))
                .isEqualTo(PLAN);
        assertThat(PLAN.withOptimiser(optimiser).optimiser()).isEqualTo(optimiser);
        assertThat(PLAN.withOptimiser(optimiser).withOptimiser(PLAN.optimiser()))
                .isEqualTo(PLAN);
        assertThat(PLAN.withLoss(loss).loss()).isEqualTo(loss);
        assertThat(PLAN.withLoss(loss).withLoss(PLAN.loss())).isEqualTo(PLAN);
        assertThat(PLAN.withNormalization(Normalization.UNIT).normalization()).isEqualTo(Normalization.UNIT);
        assertThat(PLAN.withNormalization(Normalization.UNIT).withNormalization(PLAN.normalization()))
                .isEqualTo(PLAN);
        assertThat(PLAN.withInitialisation(Initialisation.DCONET, 0.1).initialisation())
                .isEqualTo(Initialisation.DCONET);
        assertThat(PLAN.withInitialisation(Initialisation.DCONET, 0.1).prior()).isEqualTo(0.1);
        assertThat(PLAN.withInitialisation(PLAN.initialisation(), PLAN.prior())).isEqualTo(PLAN);
        assertThat(PLAN.withSeed(5).seed()).isEqualTo(5);
        assertThat(PLAN.withSeed(5).withSeed(PLAN.seed())).isEqualTo(PLAN);
    }

    @Test
    void givesEachNetworkWhatItTakes() {
        assertThat(TrainingPlan.standardFor(RRCANet.rrcanet18())).isEqualTo(PLAN);
        for (String name : Networks.names()) {
            Network network = Networks.named(name);
            TrainingPlan plan = TrainingPlan.standardFor(network);
            plan.loss().requireFit(network);
            assertThat(network.geometry().accepts(plan.patchSize(), plan.patchSize()))
                    .as(name)
                    .isTrue();
        }
        assertThat(TrainingPlan.standardFor(DCONet.standard()).normalization()).isEqualTo(Normalization.UNIT);
        assertThat(TrainingPlan.standardFor(LPNetGA.standard()).patchSize()).isEqualTo(120);
    }

    @Test
    void refusesNothingToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAN.withEpochs(0))
                .withMessageContaining("0 epochs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAN.withBatch(0, 256))
                .withMessageContaining("batches of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAN.withBatch(8, 0))
                .withMessageContaining("patches of 0 pixels");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesAnAverageThatNeverMoves(double averageDecay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(Normalization.NUAA_SIRST, averageDecay, 0.01))
                .withMessageContaining("average decay of " + averageDecay);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void refusesAPriorThatIsNoProbability(double prior) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(Normalization.NUAA_SIRST, 0.99, prior))
                .withMessageContaining("prior " + prior);
    }

    @Test
    void refusesANormalizationOfThreeChannels() {
        Normalization colour = new Normalization(List.of(1f, 1f, 1f), List.of(1f, 1f, 1f));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(colour, 0.99, 0.01))
                .withMessageContaining("one channel");
    }

    private static TrainingPlan plan(Normalization normalization, double averageDecay, double prior) {
        return new TrainingPlan(
                1,
                1,
                32,
                normalization,
                Augmentation.none(),
                PLAN.optimiser(),
                PLAN.schedule(),
                PLAN.loss(),
                averageDecay,
                PLAN.initialisation(),
                prior,
                Precision.FLOAT32,
                1);
    }
}
