package dev.irstd.training.torch;

import dev.irstd.loss.LossValue;
import dev.irstd.loss.LpNetGaLoss;
import dev.irstd.loss.TwoPartLossValue;
import dev.irstd.training.weights.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.irstd.training.torch.LossEvaluation.TOLERANCE;
import static dev.irstd.training.torch.LossEvaluation.assertClose;
import static dev.irstd.training.torch.LossEvaluation.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** In float32 against the reference in double precision. */
class LpNetGaTorchLossTest {
    @ParameterizedTest
    @CsvSource({"5, 1", "20, 2", "20, 3", "2, 4"})
    void agreesWithTheReferenceInBothParts(double sigma, long seed) {
        Batch batch = Batch.random(seed);
        TwoPartLossValue expected =
                new LpNetGaLoss(sigma).at(doubles(batch.patches()), doubles(batch.attention()), doubles(batch.masks()));

        LossEvaluation actual = batch.evaluate(new TrainingLoss.LpNetGa(sigma));

        assertThat(actual.value()).isCloseTo(expected.value(), Offset.offset(TOLERANCE * expected.value()));
        assertClose("patches", actual.gradients().get(0), expected.first().gradient());
        assertClose("attention", actual.gradients().get(1), expected.second().gradient());
    }

    @Test
    void withoutSupervisionOfTheAttentionIsThePatchesAlone() {
        Batch batch = Batch.random(5);
        LossValue expected = LpNetGaLoss.patches(doubles(batch.patches()), doubles(batch.masks()));

        LossEvaluation actual = batch.evaluate(new TrainingLoss.LpNetGaPatches());

        assertClose("patches", new LossValue(actual.value(), actual.gradients().get(0)), expected);
        assertThat(actual.gradients().get(1)).isEqualTo(new double[2 * 120 * 120]);
    }

    @Test
    void saturatedPatchesCostAHundredAtMost() {
        Batch batch = Batch.random(6);
        for (int i = 0; i < 1000; i++) {
            batch.patches()[i] = i % 2;
        }
        LossValue expected = LpNetGaLoss.patches(doubles(batch.patches()), doubles(batch.masks()));

        LossEvaluation actual = batch.evaluate(new TrainingLoss.LpNetGaPatches());

        assertClose("patches", new LossValue(actual.value(), actual.gradients().get(0)), expected);
    }

    @Test
    void attentionOfAnEmptyMaskShallBeZero() {
        float[] attention = new float[2 * 120 * 120];
        Arrays.fill(attention, 0.5f);
        float[] patches = new float[2 * 100 * 900];

        LossEvaluation actual =
                new Batch(patches, attention, new float[2 * 120 * 120]).evaluate(new TrainingLoss.LpNetGa(20));

        // Patches without a target cost nothing; 14400 pixels of 1/4.
        assertThat(actual.value()).isCloseTo(14_400 * 0.25, Offset.offset(1e-3));
    }

    @Test
    void refusesAMaskThatIsSetEverywhere() {
        float[] masks = new float[2 * 120 * 120];
        Arrays.fill(masks, 120 * 120, masks.length, 1);
        Batch batch = new Batch(new float[2 * 100 * 900], new float[masks.length], masks);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.evaluate(new TrainingLoss.LpNetGa(20)))
                .withMessageContaining("no density under a filter of sigma 20.0");
    }

    @Test
    void refusesPatchesOfImagesOfAnotherSize() {
        FloatTensor patches = new FloatTensor(List.of(1, 100, 30, 30), new float[90_000]);
        FloatTensor masks = new FloatTensor(List.of(1, 1, 130, 120), new float[130 * 120]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossEvaluation.of(new TrainingLoss.LpNetGaPatches(), List.of(patches), masks, masks))
                .withMessageStartingWith("output 0 must be patches of shape [1, 110, 30, 30] for these masks");
    }

    /** What LPNetGA gives for two images, and their masks. */
    private record Batch(float[] patches, float[] attention, float[] masks) {
        private static final List<Integer> PATCHES = List.of(2, 100, 30, 30);
        private static final List<Integer> ATTENTION = List.of(2, 1, 120, 120);

        /** An attention as a softmax gives it; a few small targets. */
        static Batch random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] patches = new float[2 * 100 * 900];
            for (int i = 0; i < patches.length; i++) {
                patches[i] = (float) random.nextDouble();
            }
            float[] attention = new float[2 * 120 * 120];
            for (int i = 0; i < attention.length; i++) {
                attention[i] = (float) (random.nextDouble() / 7200);
            }
            float[] masks = new float[attention.length];
            for (int target = 0; target < 6; target++) {
                int corner = target % 2 * 120 * 120 + random.nextInt(117) * 120 + random.nextInt(117);
                for (int pixel = 0; pixel < 9; pixel++) {
                    masks[corner + pixel / 3 * 120 + pixel % 3] = 1;
                }
            }
            return new Batch(patches, attention, masks);
        }

        LossEvaluation evaluate(TrainingLoss loss) {
            FloatTensor all = new FloatTensor(ATTENTION, masks);
            return LossEvaluation.of(
                    loss,
                    List.of(new FloatTensor(PATCHES, patches), new FloatTensor(ATTENTION, attention), all),
                    all,
                    all);
        }
    }
}
