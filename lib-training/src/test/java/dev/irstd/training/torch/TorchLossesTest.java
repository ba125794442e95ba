package dev.irstd.training.torch;

import dev.irstd.loss.DcoNetLoss;
import dev.irstd.loss.Loss;
import dev.irstd.loss.LossValue;
import dev.irstd.loss.Losses;
import dev.irstd.loss.LpNetGaLoss;
import dev.irstd.loss.TwoPartLossValue;
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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.irstd.loss.CrossEntropyForm.LOGIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** In float32 against the reference in double precision. */
class TorchLossesTest {
    private static final double TOLERANCE = 1e-6;

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

    private static final List<Integer> PATCHES = List.of(2, 100, 30, 30);
    private static final List<Integer> ATTENTION = List.of(2, 1, 120, 120);

    @BeforeEach
    void computeOnOneThread() {
        TorchSession.configure(1);
    }

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
        computeOnOneThread();
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
                    outputs.stream().map(TorchLossesTest::doubles).toList(),
                    doubles(target));

            Evaluation actual = Evaluation.of(
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("batches")
    void dcoNetAgreesWithTheReferenceInBothParts(String name, float[] logits, float[] target) {
        SplittableRandom random = new SplittableRandom(7);
        float[] reconstruction = new float[PIXELS];
        float[] image = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            reconstruction[i] = (float) random.nextDouble(-0.5, 1.5);
            image[i] = (float) random.nextDouble();
        }
        TwoPartLossValue expected =
                new DcoNetLoss(20 * 24).at(doubles(logits), doubles(target), doubles(reconstruction), doubles(image));

        Evaluation actual = Evaluation.of(
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
    void dcoNetKeepsTheImagesApart() {
        List<Integer> shape = List.of(3, 1, 1, 2);

        Evaluation actual = Evaluation.of(
                new TrainingLoss.DcoNet(),
                List.of(new FloatTensor(shape, new float[6]), new FloatTensor(shape, new float[6])),
                new FloatTensor(shape, new float[6]),
                new FloatTensor(shape, new float[] {0, 0, 1, 0, 1, 1}));

        // Sum p is 1 in each; overlap 0, 1/2, 1; union 1, 3/2, 2.
        double mean = (1.0 / 2 + 1.5 / 2.5 + 2.0 / 3) / 3;
        assertThat(actual.value()).isCloseTo(1 - mean, Offset.offset(TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "20, 2", "20, 3", "2, 4"})
    void lpNetGaAgreesWithTheReferenceInBothParts(double sigma, long seed) {
        LpNetGaBatch batch = LpNetGaBatch.random(seed);
        TwoPartLossValue expected =
                new LpNetGaLoss(sigma).at(doubles(batch.patches()), doubles(batch.attention()), doubles(batch.masks()));

        Evaluation actual = batch.evaluate(new TrainingLoss.LpNetGa(sigma));

        assertThat(actual.value()).isCloseTo(expected.value(), Offset.offset(TOLERANCE * expected.value()));
        assertClose("patches", actual.gradients().get(0), expected.first().gradient());
        assertClose("attention", actual.gradients().get(1), expected.second().gradient());
    }

    @Test
    void lpNetGaWithoutSupervisionOfTheAttentionIsThePatchesAlone() {
        LpNetGaBatch batch = LpNetGaBatch.random(5);
        LossValue expected = LpNetGaLoss.patches(doubles(batch.patches()), doubles(batch.masks()));

        Evaluation actual = batch.evaluate(new TrainingLoss.LpNetGaPatches());

        assertClose("patches", new LossValue(actual.value(), actual.gradients().get(0)), expected);
        assertThat(actual.gradients().get(1)).isEqualTo(new double[2 * 120 * 120]);
    }

    @Test
    void saturatedPatchesCostAHundredAtMost() {
        LpNetGaBatch batch = LpNetGaBatch.random(6);
        for (int i = 0; i < 1000; i++) {
            batch.patches()[i] = i % 2;
        }
        LossValue expected = LpNetGaLoss.patches(doubles(batch.patches()), doubles(batch.masks()));

        Evaluation actual = batch.evaluate(new TrainingLoss.LpNetGaPatches());

        assertClose("patches", new LossValue(actual.value(), actual.gradients().get(0)), expected);
    }

    @Test
    void attentionOfAnEmptyMaskShallBeZero() {
        float[] attention = new float[2 * 120 * 120];
        Arrays.fill(attention, 0.5f);
        float[] patches = new float[2 * 100 * 900];

        Evaluation actual =
                new LpNetGaBatch(patches, attention, new float[2 * 120 * 120]).evaluate(new TrainingLoss.LpNetGa(20));

        // Patches without a target cost nothing; 14400 pixels of 1/4.
        assertThat(actual.value()).isCloseTo(14_400 * 0.25, Offset.offset(1e-3));
    }

    @Test
    void refusesAMaskThatIsSetEverywhereForTheAttention() {
        float[] masks = new float[2 * 120 * 120];
        Arrays.fill(masks, 120 * 120, masks.length, 1);
        LpNetGaBatch batch = new LpNetGaBatch(new float[2 * 100 * 900], new float[masks.length], masks);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.evaluate(new TrainingLoss.LpNetGa(20)))
                .withMessageContaining("no density under a filter of sigma 20.0");
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
                .isThrownBy(() -> Evaluation.of(new TrainingLoss.SoftIou(), List.of(large, small), large, large))
                .withMessage("output 1 must be logits of shape [2, 1, 6, 8] for these masks;"
                        + " the network's outputs are [[2, 1, 6, 8], [2, 1, 1, 1]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(new TrainingLoss.DcoNet(), List.of(small, large), large, large))
                .withMessageStartingWith("output 0 must be reconstruction of shape [2, 1, 6, 8]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(new TrainingLoss.DcoNet(), List.of(large), large, large))
                .withMessageStartingWith("output 1 must be logits of shape [2, 1, 6, 8]");
    }

    @Test
    void refusesPatchesOfImagesOfAnotherSize() {
        FloatTensor patches = new FloatTensor(List.of(1, 100, 30, 30), new float[90_000]);
        FloatTensor masks = new FloatTensor(List.of(1, 1, 130, 120), new float[130 * 120]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(new TrainingLoss.LpNetGaPatches(), List.of(patches), masks, masks))
                .withMessageStartingWith("output 0 must be patches of shape [1, 110, 30, 30] for these masks");
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

    private static void assertClose(String name, LossValue actual, LossValue expected) {
        assertThat(actual.value())
                .as(name)
                .isCloseTo(expected.value(), Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected.value()))));
        assertClose(name, actual.gradient(), expected.gradient());
    }

    /**
     * The gradients of float32 are sums of rounded terms: their error goes with the largest. Where all are tiny, because
     * p(1 - p) is, the rounding of p itself shows.
     */
    private static void assertClose(String name, double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double distance = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                .max()
                .orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(distance).as(name + ": gradient").isLessThanOrEqualTo(TOLERANCE * largest + 1e-9);
    }

    private static LossValue evaluate(TrainingLoss loss, List<Integer> shape, float[] logits, float[] target) {
        Evaluation evaluation = Evaluation.of(
                loss,
                List.of(new FloatTensor(shape, logits)),
                new FloatTensor(shape, new float[logits.length]),
                new FloatTensor(shape, target));
        return new LossValue(evaluation.value(), evaluation.gradients().get(0));
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

    /** A loss with its gradient for each output of a network; all 0 for outputs that it does not depend on. */
    private record Evaluation(double value, List<double[]> gradients) {
        static Evaluation of(TrainingLoss loss, List<FloatTensor> outputs, FloatTensor images, FloatTensor masks) {
            try (PointerScope scope = new PointerScope()) {
                List<Tensor> tensors = outputs.stream()
                        .map(output -> TorchWeights.tensor(output).requires_grad_(true))
                        .toList();
                Tensor value = TorchLosses.of(loss, tensors, TorchWeights.tensor(images), TorchWeights.tensor(masks));
                value.backward();
                return new Evaluation(
                        value.item_float(),
                        tensors.stream().map(Evaluation::gradient).toList());
            }
        }

        private static double[] gradient(Tensor output) {
            Tensor gradient = output.grad();
            return gradient.defined()
                    ? doubles(TorchWeights.plain(gradient).values())
                    : new double[(int) output.numel()];
        }
    }

    /** What LPNetGA gives for two images, and their masks. */
    private record LpNetGaBatch(float[] patches, float[] attention, float[] masks) {
        /** An attention as a softmax gives it; a few small targets. */
        static LpNetGaBatch random(long seed) {
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
            return new LpNetGaBatch(patches, attention, masks);
        }

        Evaluation evaluate(TrainingLoss loss) {
            FloatTensor all = new FloatTensor(ATTENTION, masks);
            return Evaluation.of(
                    loss,
                    List.of(new FloatTensor(PATCHES, patches), new FloatTensor(ATTENTION, attention), all),
                    all,
                    all);
        }
    }
}
