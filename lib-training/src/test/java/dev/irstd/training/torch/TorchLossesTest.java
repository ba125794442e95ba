package dev.irstd.training.torch;

import dev.irstd.loss.Loss;
import dev.irstd.loss.LossValue;
import dev.irstd.loss.Losses;
import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.irstd.loss.CrossEntropyForm.LOGIT;
import static dev.irstd.training.torch.LossEvaluation.assertClose;
import static dev.irstd.training.torch.LossEvaluation.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** In float32 against the reference in double precision. */
class TorchLossesTest {
    private static final List<TrainingLoss.OnLogits> ON_LOGITS = List.of(
            new TrainingLoss.SoftIou(),
            new TrainingLoss.Dice(),
            new TrainingLoss.BinaryCrossEntropy(),
            new TrainingLoss.TopK(10),
            new TrainingLoss.Poly(3.1),
            new TrainingLoss.PolyTopK(25, 1),
            new TrainingLoss.PolyTopK(100, -1),
            new TrainingLoss.DptK(10, 3.1),
            new TrainingLoss.DptK(5, 0),
            new TrainingLoss.Sum(new TrainingLoss.Poly(3.1), new TrainingLoss.TopK(10)));

    private static final List<Integer> SHAPE = List.of(3, 1, 20, 24);
    private static final int PIXELS = 3 * 20 * 24;

    static Stream<Arguments> batches() {
        SplittableRandom random = new SplittableRandom(11);
        float[] targets = new float[PIXELS];
        float[] soft = new float[PIXELS];
        float[] moderate = new float[PIXELS];
        float[] saturated = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            targets[i] = random.nextInt(50) == 0 ? 1 : 0;
            soft[i] = (float) random.nextDouble();
            moderate[i] = (float) random.nextGaussian(0, 3);
            // Probabilities within 1e-30 of 0 and 1.
            saturated[i] = (float) ((random.nextBoolean() ? 1 : -1) * random.nextDouble(70, 80));
        }
        float[] background = new float[PIXELS];
        float[] all = new float[PIXELS];
        Arrays.fill(all, 1);
        return Stream.of(
                arguments("targets", moderate, targets),
                arguments("soft targets", moderate, soft),
                arguments("all background", moderate, background),
                arguments("all target", moderate, all),
                arguments("saturated, targets", saturated, targets),
                arguments("saturated, all background", saturated, background),
                arguments("saturated, all target", saturated, all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("batches")
    void agreesWithTheReferenceInValueAndGradient(String name, float[] logits, float[] target) {
        for (TrainingLoss.OnLogits loss : ON_LOGITS) {
            LossValue expected = reference(loss).at(doubles(logits), doubles(target));

            assertClose(loss.toString(), evaluate(loss, SHAPE, logits, target), expected);
        }
    }

    @Property(tries = 100)
    void agreesWithTheReferenceOnAnyBatch(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int images,
            @ForAll @IntRange(min = 5, max = 12) int height,
            @ForAll @IntRange(min = 4, max = 12) int width) {
        List<Integer> shape = List.of(images, 1, height, width);
        int pixels = images * height * width;
        float[] logits = distinct(pixels, seed);
        float[] target = new float[pixels];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pixels; i++) {
            target[i] = random.nextInt(4) == 0 ? 1 : 0;
        }
        for (TrainingLoss.OnLogits loss : ON_LOGITS) {
            LossValue expected = reference(loss).at(doubles(logits), doubles(target));

            assertClose(loss.toString(), evaluate(loss, shape, logits, target), expected);
        }
    }

    /**
     * No two magnitudes alike, and so no two losses: among pixels that tie for the last place of the highest, any may be
     * chosen.
     */
    private static float[] distinct(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] ranks = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int rank = ranks[i];
            ranks[i] = ranks[other];
            ranks[other] = rank;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (random.nextBoolean() ? 8f : -8f) * (ranks[i] + 1) / count;
        }
        return values;
    }

    static Stream<Arguments> vectors() {
        List<String> cases = List.of(
                "all_background",
                "all_target",
                "tiny3x3",
                "multi",
                "odd_5x7",
                "n10",
                "batch8",
                "soft_mask",
                "saturated_12");
        return Stream.of(
                        arguments("softiou", new TrainingLoss.SoftIou()),
                        arguments("dice", new TrainingLoss.Dice()),
                        arguments("topk", new TrainingLoss.TopK(10)),
                        arguments("poly", new TrainingLoss.Poly(3.1)),
                        arguments("polytopk", new TrainingLoss.PolyTopK(10, 3.1)),
                        arguments(
                                "poly_plus_topk",
                                new TrainingLoss.Sum(new TrainingLoss.Poly(3.1), new TrainingLoss.TopK(10))),
                        arguments("dicetopk", new TrainingLoss.Sum(new TrainingLoss.Dice(), new TrainingLoss.TopK(10))),
                        arguments("dptk", TrainingLoss.DptK.standard()))
                .flatMap(loss -> cases.stream().map(name -> arguments(loss.get()[0], loss.get()[1], name)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("vectors")
    void agreesWithTheOfficialLossAwayFromSaturation(String key, TrainingLoss loss, String name) throws IOException {
        Npz npz = Npz.read(Shared.require("vectors/loss_vectors.npz"));
        List<Integer> shape = Arrays.stream(npz.shape("logits_" + name)).boxed().toList();
        LossValue expected =
                new LossValue(npz.doubles("value_" + key + "__" + name)[0], npz.doubles("grad_" + key + "__" + name));

        LossValue actual =
                evaluate(loss, shape, floats(npz.doubles("logits_" + name)), floats(npz.doubles("mask_" + name)));

        assertClose(key, actual, expected);
    }

    /** Where the official loss, clamped in float32, has no gradient left: logit 60 on background. */
    @Test
    void pullsAHopelesslyWrongPixelBack() {
        float[] logits = new float[100];
        Arrays.fill(logits, -60);
        logits[7] = 60;

        LossValue value = evaluate(new TrainingLoss.DptK(1, 3.1), List.of(1, 1, 10, 10), logits, new float[100]);

        // Dice 1 - 1 / (1 + 1), the worst pixel 60 + 3.1.
        assertThat(value.value()).isCloseTo(0.5 + 63.1, Offset.offset(1e-4));
        assertThat(value.gradient()[7]).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void deepSupervisionIsTheMeanOverTheOutputs() {
        float[] target = new float[PIXELS];
        Arrays.fill(target, 100, 130, 1);
        List<float[]> outputs = List.of(distinct(PIXELS, 1), distinct(PIXELS, 2), distinct(PIXELS, 3));

        for (TrainingLoss.OnLogits loss : ON_LOGITS) {
            LossValue expected = Losses.deepSupervision(
                    reference(loss),
                    outputs.stream().map(LossEvaluation::doubles).toList(),
                    doubles(target));

            LossEvaluation actual = LossEvaluation.of(
                    loss,
                    outputs.stream()
                            .map(logits -> new FloatTensor(SHAPE, logits))
                            .toList(),
                    new FloatTensor(SHAPE, new float[PIXELS]),
                    new FloatTensor(SHAPE, target));

            double[] gradient =
                    actual.gradients().stream().flatMapToDouble(Arrays::stream).toArray();
            assertClose(loss.toString(), new LossValue(actual.value(), gradient), expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 9", "1, 99", "0.5, 199"})
    void refusesAShareUnderOnePixel(double k, int pixels) {
        List<TrainingLoss> losses =
                List.of(new TrainingLoss.TopK(k), new TrainingLoss.PolyTopK(k, 3.1), new TrainingLoss.DptK(k, 3.1));

        for (TrainingLoss loss : losses) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> evaluate(loss, List.of(1, 1, 1, pixels), new float[pixels], new float[pixels]))
                    .withMessageContaining(k + " % of " + pixels + " pixels")
                    .withMessageContaining("raise k or the batch");
        }
    }

    /** PyTorch would stretch the smaller one. */
    @Test
    void refusesOutputsOfAnotherSizeThanTheMasks() {
        FloatTensor small = new FloatTensor(List.of(2, 1, 1, 1), new float[2]);
        FloatTensor large = new FloatTensor(List.of(2, 1, 6, 8), new float[96]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossEvaluation.of(new TrainingLoss.SoftIou(), List.of(large, small), large, large))
                .withMessage("output 1 must be logits of shape [2, 1, 6, 8] for these masks;"
                        + " the network's outputs are [[2, 1, 6, 8], [2, 1, 1, 1]]");
    }

    private static Loss reference(TrainingLoss.OnLogits loss) {
        if (loss instanceof TrainingLoss.SoftIou) {
            return Losses.softIou();
        }
        if (loss instanceof TrainingLoss.Dice) {
            return Losses.dice();
        }
        if (loss instanceof TrainingLoss.BinaryCrossEntropy) {
            return Losses.topK(100, LOGIT);
        }
        if (loss instanceof TrainingLoss.TopK topK) {
            return Losses.topK(topK.k(), LOGIT);
        }
        if (loss instanceof TrainingLoss.Poly poly) {
            return Losses.poly(poly.epsilon(), LOGIT);
        }
        if (loss instanceof TrainingLoss.PolyTopK polyTopK) {
            return Losses.polyTopK(polyTopK.k(), polyTopK.epsilon(), LOGIT);
        }
        if (loss instanceof TrainingLoss.DptK dptK) {
            return Losses.dptK(dptK.k(), dptK.epsilon(), LOGIT);
        }
        TrainingLoss.Sum sum = (TrainingLoss.Sum) loss;
        return Losses.sum(reference(sum.first()), reference(sum.second()));
    }

    private static LossValue evaluate(TrainingLoss loss, List<Integer> shape, float[] logits, float[] target) {
        LossEvaluation evaluation = LossEvaluation.of(
                loss,
                List.of(new FloatTensor(shape, logits)),
                new FloatTensor(shape, new float[logits.length]),
                new FloatTensor(shape, target));
        return new LossValue(evaluation.value(), evaluation.gradients().get(0));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
