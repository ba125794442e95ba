package dev.irstd.training.torch;

import dev.irstd.loss.DcoNetLoss;
import dev.irstd.loss.TwoPartLossValue;
import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.irstd.training.torch.LossEvaluation.TOLERANCE;
import static dev.irstd.training.torch.LossEvaluation.assertClose;
import static dev.irstd.training.torch.LossEvaluation.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** In float32 against the reference in double precision. */
class DcoNetTorchLossTest {
    private static final List<Integer> SHAPE = List.of(3, 1, 20, 24);
    private static final int PIXELS = 3 * 20 * 24;

    static Stream<Arguments> batches() {
        return TorchLossesTest.batches();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("batches")
    void agreesWithTheReferenceInBothParts(String name, float[] logits, float[] target) {
        SplittableRandom random = new SplittableRandom(7);
        float[] reconstruction = new float[PIXELS];
        float[] image = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            reconstruction[i] = (float) random.nextDouble(-0.5, 1.5);
            image[i] = (float) random.nextDouble();
        }
        TwoPartLossValue expected =
                new DcoNetLoss(20 * 24).at(doubles(logits), doubles(target), doubles(reconstruction), doubles(image));

        LossEvaluation actual = LossEvaluation.of(
                new TrainingLoss.DcoNet(),
                List.of(new FloatTensor(SHAPE, reconstruction), new FloatTensor(SHAPE, logits)),
                new FloatTensor(SHAPE, image),
                new FloatTensor(SHAPE, target));

        assertThat(actual.value()).isCloseTo(expected.value(), Offset.offset(TOLERANCE));
        assertClose(
                "reconstruction", actual.gradients().get(0), expected.second().gradient());
        assertClose("logits", actual.gradients().get(1), expected.first().gradient());
    }

    /** Three images of two pixels: each undecided, each with another mask; nothing to reconstruct. */
    @Test
    void keepsTheImagesApart() {
        List<Integer> shape = List.of(3, 1, 1, 2);

        LossEvaluation actual = LossEvaluation.of(
                new TrainingLoss.DcoNet(),
                List.of(new FloatTensor(shape, new float[6]), new FloatTensor(shape, new float[6])),
                new FloatTensor(shape, new float[6]),
                new FloatTensor(shape, new float[] {0, 0, 1, 0, 1, 1}));

        // Sum p is 1 in each; overlap 0, 1/2, 1; union 1, 3/2, 2.
        double mean = (1.0 / 2 + 1.5 / 2.5 + 2.0 / 3) / 3;
        assertThat(actual.value()).isCloseTo(1 - mean, Offset.offset(TOLERANCE));
    }

    /** Where image and reconstruction are the same, SoftIoU alone is left. */
    @ParameterizedTest
    @ValueSource(strings = {"all_background", "all_target", "multi", "batch8", "soft_mask", "saturated_12"})
    void agreesWithTheOfficialSoftIou(String name) throws IOException {
        Npz npz = Npz.read(Shared.require("vectors/loss_vectors.npz"));
        List<Integer> shape = Arrays.stream(npz.shape("logits_" + name)).boxed().toList();
        FloatTensor image = tensor(shape, new double[npz.doubles("logits_" + name).length]);

        LossEvaluation actual = LossEvaluation.of(
                new TrainingLoss.DcoNet(),
                List.of(image, tensor(shape, npz.doubles("logits_" + name))),
                image,
                tensor(shape, npz.doubles("mask_" + name)));

        double value = npz.doubles("value_dco_softiou__" + name)[0];
        assertThat(actual.value()).isCloseTo(value, Offset.offset(TOLERANCE));
        assertClose("logits", actual.gradients().get(1), npz.doubles("grad_dco_softiou__" + name));
    }

    private static FloatTensor tensor(List<Integer> shape, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return new FloatTensor(shape, floats);
    }

    @Test
    void refusesOutputsOfAnotherShape() {
        FloatTensor small = new FloatTensor(List.of(2, 1, 1, 1), new float[2]);
        FloatTensor large = new FloatTensor(List.of(2, 1, 6, 8), new float[96]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossEvaluation.of(new TrainingLoss.DcoNet(), List.of(small, large), large, large))
                .withMessageStartingWith("output 0 must be reconstruction of shape [2, 1, 6, 8]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossEvaluation.of(new TrainingLoss.DcoNet(), List.of(large), large, large))
                .withMessageStartingWith("output 1 must be logits of shape [2, 1, 6, 8]");
    }
}
