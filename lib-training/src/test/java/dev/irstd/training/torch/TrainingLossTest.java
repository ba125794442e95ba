package dev.irstd.training.torch;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.Outputs;
import dev.irstd.training.network.RRCANet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrainingLossTest {
    @Test
    void standardDptKIsThatOfThePaper() {
        assertThat(TrainingLoss.DptK.standard()).isEqualTo(new TrainingLoss.DptK(10, 3.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.5, Double.NaN})
    void refusesWhatIsNoPercentage(double k) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingLoss.TopK(k))
                .withMessage("k " + k + " is not a percentage in (0, 100]");
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainingLoss.PolyTopK(k, 3.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainingLoss.DptK(k, 3.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnEpsilonUnderWhichTheLossWouldFall(double epsilon) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingLoss.Poly(epsilon))
                .withMessageStartingWith("epsilon " + epsilon);
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainingLoss.PolyTopK(10, epsilon));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainingLoss.DptK(10, epsilon));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesASigmaThatIsNoWidth(double sigma) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingLoss.LpNetGa(sigma))
                .withMessage("sigma " + sigma + " is not a width above 0");
    }

    @ParameterizedTest
    @EnumSource
    void fitsNetworksOfItsOutputsAlone(Outputs outputs) {
        List<TrainingLoss> losses = List.of(
                new TrainingLoss.Sum(new TrainingLoss.Dice(), new TrainingLoss.TopK(10)),
                new TrainingLoss.DcoNet(),
                new TrainingLoss.LpNetGaPatches());

        for (TrainingLoss loss : losses) {
            if (loss.outputs() == outputs) {
                loss.requireFit(network(outputs));
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> loss.requireFit(network(outputs)))
                        .withMessageStartingWith("tiny gives " + outputs + ", the loss " + loss + " takes ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOGITS, 'DptK[k=10.0, epsilon=3.1]'",
        "RECONSTRUCTION_AND_LOGITS, DcoNet[]",
        "PATCHES_AND_ATTENTION, 'LpNetGa[sigma=20.0] or LpNetGaPatches[]'"
    })
    void namesALossThatFits(Outputs outputs, String fitting) {
        TrainingLoss other = outputs == Outputs.LOGITS ? new TrainingLoss.DcoNet() : new TrainingLoss.Dice();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.requireFit(network(outputs)))
                .withMessageEndingWith(fitting);
    }

    private static Network network(Outputs outputs) {
        return new OtherOutputs(
                RRCANet.of("tiny", RRCANet.standardOptions().withBlocks(1, 1).withIterations(1)), outputs);
    }
}
