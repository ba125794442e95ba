package dev.irstd.training.torch;

import dev.irstd.loss.CrossEntropyForm;
import dev.irstd.loss.LossValue;
import dev.irstd.loss.Losses;
import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** In float32 against the reference in double precision. */
class DptKLossTest {
    private static final double VALUE_TOLERANCE = 2e-6;

    private static final List<Integer> SHAPE = List.of(3, 1, 20, 24);
    private static final int PIXELS = 3 * 20 * 24;

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    static Stream<Arguments> batches() {
        SplittableRandom random = new SplittableRandom(11);
        float[] targets = new float[PIXELS];
        float[] soft = new float[PIXELS];
        float[] spread = new float[PIXELS];
        float[] saturated = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            targets[i] = random.nextInt(50) == 0 ? 1 : 0;
            soft[i] = (float) random.nextDouble();
            spread[i] = (float) random.nextGaussian(0, 3);
            // No two alike: among pixels that tie for the last place of the worst, any may be chosen.
            saturated[i] = (float) ((random.nextBoolean() ? 1 : -1) * random.nextDouble(30, 31));
        }
        float[] background = new float[PIXELS];
        float[] all = new float[PIXELS];
        Arrays.fill(all, 1);
        return Stream.of(
                arguments("random", spread, targets),
                arguments("random, soft targets", spread, soft),
                arguments("random, all background", spread, background),
                arguments("random, all target", spread, all),
                arguments("saturated", saturated, targets),
                arguments("saturated, all background", saturated, background),
                arguments("saturated, all target", saturated, all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("batches")
    void agreesWithTheReferenceInValueAndGradient(String name, float[] logits, float[] target) {
        for (DptKLoss loss : List.of(new DptKLoss(10, 3.1), new DptKLoss(100, 0), new DptKLoss(0.5, -1))) {
            LossValue expected = Losses.dptK(loss.k(), loss.epsilon(), CrossEntropyForm.LOGIT)
                    .at(doubles(logits), doubles(target));

            LossValue actual = evaluate(loss, SHAPE, 1, logits, target);

            assertClose(actual, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all_background",
                "all_target",
                "tiny3x3",
                "multi",
                "odd_5x7",
                "n10",
                "batch8",
                "soft_mask",
                "saturated_12"
            })
    void agreesWithTheOfficialLossAwayFromSaturation(String name) throws IOException {
        Npz npz = Npz.read(Shared.require("vectors/loss_vectors.npz"));
        List<Integer> shape = Arrays.stream(npz.shape("logits_" + name)).boxed().toList();
        LossValue expected = new LossValue(npz.doubles("value_dptk__" + name)[0], npz.doubles("grad_dptk__" + name));

        LossValue actual = evaluate(
                DptKLoss.standard(),
                shape,
                1,
                floats(npz.doubles("logits_" + name)),
                floats(npz.doubles("mask_" + name)));

        assertClose(actual, expected);
    }

    /** Where the official loss, clamped in float32, has no gradient left: logit 60 on background. */
    @Test
    void pullsAHopelesslyWrongPixelBack() {
        float[] logits = new float[100];
        Arrays.fill(logits, -60);
        logits[7] = 60;

        LossValue value = evaluate(new DptKLoss(1, 3.1), List.of(1, 1, 10, 10), 1, logits, new float[100]);

        // Dice 1 - 1 / (1 + 1), the worst pixel 60 + 3.1.
        assertThat(value.value()).isCloseTo(0.5 + 63.1, Offset.offset(1e-4));
        assertThat(value.gradient()[7]).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void averagesOverTheOutputsOfDeepSupervision() {
        float[] logits = {-1, 2, 0.5f, 3, -2, 1, 0, -0.5f, 1.5f, -3};
        float[] target = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        List<Integer> shape = List.of(1, 1, 2, 5);

        LossValue one = evaluate(DptKLoss.standard(), shape, 1, logits, target);
        LossValue three = evaluate(DptKLoss.standard(), shape, 3, logits, target);

        assertThat(three.value()).isCloseTo(one.value(), Offset.offset(1e-6));
        assertThat(three.gradient()).containsExactly(one.gradient(), Offset.offset(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"10, 9", "1, 99", "0.5, 199"})
    void refusesAShareUnderOnePixel(double k, int pixels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(
                        new DptKLoss(k, 3.1), List.of(1, 1, 1, pixels), 1, new float[pixels], new float[pixels]))
                .withMessageContaining(k + " % of " + pixels + " pixels")
                .withMessageContaining("raise k or the batch");
    }

    @ParameterizedTest
    @CsvSource({"0, 3.1", "-1, 3.1", "100.5, 3.1", "NaN, 3.1", "10, -1.5", "10, NaN"})
    void refusesParametersOutOfRange(double k, double epsilon) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DptKLoss(k, epsilon))
                .withMessageContaining("k " + k + ", epsilon " + epsilon);
    }

    /** The gradients of float32 are sums of rounded terms: their error goes with the largest. */
    private static void assertClose(LossValue actual, LossValue expected) {
        double largest = Arrays.stream(expected.gradient()).map(Math::abs).max().orElseThrow();
        assertThat(actual.value())
                .isCloseTo(expected.value(), Offset.offset(VALUE_TOLERANCE * Math.abs(expected.value())));
        assertThat(actual.gradient()).containsExactly(expected.gradient(), Offset.offset(1e-6 * largest));
    }

    private static LossValue evaluate(DptKLoss loss, List<Integer> shape, int outputs, float[] logits, float[] target) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = TorchWeights.tensor(new FloatTensor(shape, logits)).requires_grad_(true);
            Tensor value =
                    loss.of(Collections.nCopies(outputs, x), TorchWeights.tensor(new FloatTensor(shape, target)));
            value.backward();
            return new LossValue(
                    value.item_float(), doubles(TorchWeights.plain(x.grad()).values()));
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
