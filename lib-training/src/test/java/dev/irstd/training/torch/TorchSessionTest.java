package dev.irstd.training.torch;

import dev.irstd.Device;
import dev.irstd.Geometry;
import dev.irstd.training.network.ACM;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.DroppingNetwork;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Outputs;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

class TorchSessionTest {
    private static final double RATE = 0.01;
    private static final TrainingLoss LOSS = TrainingLoss.DptK.standard();
    private static final Network TINY = RRCANet.of(
            "tiny", RRCANet.standardOptions().withBlocks(1, 1).withIterations(1).withWidth(4));
    private static final Weights WEIGHTS = RandomWeights.of(TINY, 1);
    private static final FloatTensor IMAGES = Tensors.noise(2, 2, 1, 16, 24);
    private static final FloatTensor MASKS = masks();

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    static Stream<Optimiser> optimisers() {
        return Stream.of(
                new Optimiser.AdamW(RATE, 0.1), new Optimiser.Adam(RATE, 0.1), new Optimiser.Adagrad(RATE, 0.1));
    }

    @Test
    void refusesAGpuThatThisPyTorchCannotUse() {
        assumeThat(torch.cuda_is_available()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TorchSession(TINY, WEIGHTS, WEIGHTS, Device.cuda(1)))
                .withMessage("CUDA device 1 cannot train: PyTorch's part for CUDA is not loaded; put"
                        + " org.bytedeco:pytorch:linux-x86_64-gpu on the class path in place of linux-x86_64, and CUDA 13 and"
                        + " cuDNN 9 where the system finds their libraries, or train on the CPU");
    }

    @Test
    void choosesTheCpuWhereThereIsNoGpu() {
        assumeThat(torch.cuda_is_available()).isFalse();
        try (TorchSession chosen = new TorchSession(TINY, WEIGHTS, WEIGHTS, Device.auto());
                TorchSession cpu = new TorchSession(TINY, WEIGHTS, WEIGHTS)) {
            FloatTensor logits = chosen.logits(IMAGES).get(0);
            assertThat(Tensors.distance(logits, cpu.logits(IMAGES).get(0))).isZero();
        }
    }

    @Test
    void logitsOfABatchAreThoseOfItsImages() {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS)) {
            FloatTensor batch = session.logits(IMAGES).get(0);
            FloatTensor second = session.logits(image(IMAGES, 1)).get(0);

            assertThat(batch.shape()).containsExactly(2, 1, 16, 24);
            assertThat(Tensors.distance(image(batch, 1), second)).isLessThan(1e-5);
        }
    }

    @Test
    void weightsComeOutAsTheyWentIn() {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, RandomWeights.of(TINY, 2))) {
            assertEqual(session.weights(), WEIGHTS);
            assertEqual(session.averaged(), RandomWeights.of(TINY, 2));
        }
    }

    /** All start by moving each weight by the learning rate against its gradient, after weight decay or with it. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void firstStepMovesEachWeightByTheLearningRate(Optimiser optimiser) {
        Weights after = afterSteps(optimiser, 1, 0.004);

        double decay = optimiser instanceof Optimiser.AdamW ? 0.004 * 0.1 : 0;
        float[] before = WEIGHTS.get("conv0_0.0.conv2.weight").values();
        float[] moved = after.get("conv0_0.0.conv2.weight").values();
        for (int i = 0; i < before.length; i++) {
            assertThat(Math.abs(moved[i] - before[i] * (1 - decay))).isCloseTo(0.004, Offset.offset(1e-5));
        }
    }

    @Test
    void runningStatisticsFollowTheBatchByATenth() {
        Network network = single();
        Weights weights = RandomWeights.of(network, 4);
        FloatTensor images = Tensors.noise(5, 2, 1, 4, 4);
        FloatTensor masks = new FloatTensor(List.of(2, 1, 4, 4), new float[32]);

        Weights after;
        try (TorchSession session = new TorchSession(network, weights, weights);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            steps.step(images, masks, LOSS, RATE, 0.5);
            after = session.weights();
        }

        float factor = weights.get("conv.weight").values()[0];
        float offset = weights.get("conv.bias").values()[0];
        double mean = 0;
        for (float value : images.values()) {
            mean += (factor * value + offset) / 32;
        }
        double variance = 0;
        for (float value : images.values()) {
            variance += Math.pow(factor * value + offset - mean, 2) / 31;
        }
        double oldMean = weights.get("norm.running_mean").values()[0];
        double oldVariance = weights.get("norm.running_var").values()[0];
        assertThat((double) after.get("norm.running_mean").values()[0])
                .isCloseTo(0.9 * oldMean + 0.1 * mean, Offset.offset(1e-6));
        assertThat((double) after.get("norm.running_var").values()[0])
                .isCloseTo(0.9 * oldVariance + 0.1 * variance, Offset.offset(1e-6));
    }

    /** It rounds to 8 bits of mantissa, hundreds of times on the way. */
    @Test
    void bfloat16GivesNearlyTheLossOfFloat32() {
        double exact = lossOfOneStep(Precision.FLOAT32);
        double rounded = lossOfOneStep(Precision.BFLOAT16);

        assertThat(rounded).isCloseTo(exact, Offset.offset(0.02 * exact)).isNotEqualTo(exact);
        assertThat(lossOfOneStep(Precision.BFLOAT16)).isEqualTo(rounded);
        assertThat(lossOfOneStep(Precision.FLOAT32))
                .as("nothing is left switched on")
                .isEqualTo(exact);
    }

    private static double lossOfOneStep(Precision precision) {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0), precision)) {
            return steps.step(IMAGES, MASKS, LOSS, RATE, 0.5);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 1})
    void averageGoesItsShareTowardsTheNewWeights(double share) {
        Weights average = RandomWeights.of(TINY, 9);
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, average);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            steps.step(IMAGES, MASKS, LOSS, RATE, share);

            Map<String, FloatTensor> expected = session.weights().tensors();
            session.averaged().tensors().forEach((name, tensor) -> {
                float[] old = average.get(name).values();
                float[] now = expected.get(name).values();
                for (int i = 0; i < old.length; i++) {
                    assertThat((double) tensor.values()[i])
                            .as(name)
                            .isCloseTo(old[i] + share * (now[i] - old[i]), Offset.offset(1e-6));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void restoredStateGoesOnBitForBit(Optimiser optimiser) throws IOException {
        Weights uninterrupted = afterSteps(optimiser, 5, RATE);

        Weights halfway;
        byte[] state;
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(optimiser)) {
            take(steps, 2, RATE);
            halfway = session.weights();
            state = steps.state();
        }
        try (TorchSession session = new TorchSession(TINY, halfway, halfway);
                TorchSession.Steps steps = session.steps(optimiser)) {
            steps.restore(state);
            take(steps, 3, RATE);

            assertEqual(session.weights(), uninterrupted);
        }
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void forgottenStateWouldGoOnDifferently(Optimiser optimiser) {
        Weights uninterrupted = afterSteps(optimiser, 5, RATE);

        Weights halfway = afterSteps(optimiser, 2, RATE);
        try (TorchSession session = new TorchSession(TINY, halfway, halfway);
                TorchSession.Steps steps = session.steps(optimiser)) {
            take(steps, 3, RATE);

            assertThat(Tensors.distance(session.weights().get("final.weight"), uninterrupted.get("final.weight")))
                    .isGreaterThan(1e-5);
        }
    }

    @Test
    void equalSeedsDropTheSame() {
        Weights one = afterSeededStep(1);

        assertEqual(afterSeededStep(1), one);
        assertThat(Tensors.distance(afterSeededStep(2).get("head.weight"), one.get("head.weight")))
                .isGreaterThan(1e-3);
    }

    private static Weights afterSeededStep(long seed) {
        Network dropping = new DroppingNetwork();
        Weights weights = RandomWeights.of(dropping, 7);
        try (TorchSession session = new TorchSession(dropping, weights, weights);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            steps.seed(seed);
            take(steps, 1, RATE);
            return session.weights();
        }
    }

    @Test
    void leavesLayersThatTheNetworkDoesNotUse() {
        Network dropping = new DroppingNetwork();
        Weights weights = RandomWeights.of(dropping, 7);
        try (TorchSession session = new TorchSession(dropping, weights, weights);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0.1))) {
            take(steps, 2, RATE);

            assertThat(session.weights().get("unused.weight").values())
                    .isEqualTo(weights.get("unused.weight").values());
        }
    }

    /** Of one image, ACM's norms over whole images have one value a channel; others before them have seen it already. */
    @Test
    void oneValueAChannelIsRefusedAndChangesNothing() {
        Network acm = ACM.standard();
        Weights weights = RandomWeights.of(acm, 1);
        FloatTensor image = Tensors.noise(2, 1, 1, 32, 32);
        FloatTensor mask = new FloatTensor(image.shape(), new float[32 * 32]);
        try (TorchSession session = new TorchSession(acm, weights, weights);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> steps.step(image, mask, LOSS, RATE, 0.5))
                    .withMessageContaining("ACM cannot train on a single image")
                    .withMessageContaining("batches of at least 2");

            assertEqual(session.weights(), weights);
            assertEqual(session.averaged(), weights);
        }
    }

    @Test
    void refusesADamagedState() throws IOException {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            take(steps, 1, RATE);
            byte[] state = steps.state();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> steps.restore(Arrays.copyOf(state, state.length / 2)))
                    .withMessageStartingWith("no state of this optimiser");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void nonFiniteLossChangesNothing(float pixel) {
        FloatTensor images = Tensors.noise(2, 2, 1, 16, 24);
        images.values()[100] = pixel;
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0.1))) {
            assertThatExceptionOfType(DivergenceException.class)
                    .isThrownBy(() -> steps.step(images, MASKS, LOSS, RATE, 0.5))
                    .withMessageContaining("NaN")
                    .withMessageContaining("learning rate");

            assertEqual(session.weights(), WEIGHTS);
            assertEqual(session.averaged(), WEIGHTS);
        }
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void refusesImagesThatTheNetworkCannotTake(FloatTensor images) {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.logits(images))
                    .withMessageContaining("tiny takes images of shape [batch, 1, height, width]")
                    .withMessageContaining("multiples of 2")
                    .withMessageContaining(images.shape().toString());
        }
    }

    static Stream<FloatTensor> misfits() {
        return Stream.of(
                Tensors.noise(1, 16, 16),
                Tensors.noise(1, 1, 3, 16, 16),
                Tensors.noise(1, 1, 1, 15, 16),
                Tensors.noise(1, 1, 1, 16, 15));
    }

    /** PyTorch would stretch one mask over the batch. */
    @Test
    void refusesMasksOfAnotherShapeThanTheImages() {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            FloatTensor mask = new FloatTensor(List.of(1, 1, 16, 24), new float[16 * 24]);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> steps.step(IMAGES, mask, LOSS, RATE, 0.5))
                    .withMessageContaining("need masks of shape [2, 1, 16, 24], got [1, 1, 16, 24]");
        }
    }

    @Test
    void refusesALossForAnotherKindOfNetworks() {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> steps.step(IMAGES, MASKS, new TrainingLoss.DcoNet(), RATE, 0.5))
                    .withMessageContaining("tiny gives logits");
        }
    }

    /** A network that repeats its input has nothing to pay for the reconstruction, and SoftIoU is below 1. */
    @Test
    void imagesOfTheStepAreWhatIsToBeReconstructed() {
        Network network = new OtherOutputs(TINY, Outputs.RECONSTRUCTION_AND_LOGITS);
        try (TorchSession session = new TorchSession(network, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.Adam(RATE, 0))) {
            FloatTensor bright = Tensors.noise(2, 2, 1, 16, 24);
            for (int i = 0; i < bright.values().length; i++) {
                bright.values()[i] += 100;
            }

            assertThat(steps.step(bright, MASKS, new TrainingLoss.DcoNet(), RATE, 0.5))
                    .isLessThan(1);
        }
    }

    @Test
    void closesTwiceWithoutHarm() {
        TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
        TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0));
        steps.close();
        steps.close();
        session.close();
        session.close();
    }

    @Test
    void closedSessionRefusesUse() {
        TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
        TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0));
        session.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> session.logits(IMAGES))
                .withMessageContaining("tiny is closed");
        assertThatIllegalStateException().isThrownBy(session::weights);
        assertThatIllegalStateException().isThrownBy(session::averaged);
        assertThatIllegalStateException().isThrownBy(() -> session.steps(new Optimiser.AdamW(RATE, 0)));
        assertThatIllegalStateException().isThrownBy(() -> steps.step(IMAGES, MASKS, LOSS, RATE, 0.5));
        steps.close();
    }

    @Test
    void closedStepsRefuseUse() {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS)) {
            TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0));
            steps.close();

            assertThatIllegalStateException().isThrownBy(() -> steps.step(IMAGES, MASKS, LOSS, RATE, 0.5));
            assertThatIllegalStateException().isThrownBy(steps::state);
            assertThatIllegalStateException().isThrownBy(() -> steps.restore(new byte[0]));
        }
    }

    @Test
    void refusesToComputeWithoutThreads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TorchSession.configure(0))
                .withMessageContaining("0 threads");
    }

    @Test
    void optimisersNeedALearningRateAndNoNegativeDecay() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Optimiser.AdamW(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Optimiser.AdamW(Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Optimiser.Adam(-1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Optimiser.Adagrad(0.05, -1))
                .withMessageContaining("0.05 and -1.0");
    }

    private static Weights afterSteps(Optimiser optimiser, int count, double rate) {
        try (TorchSession session = new TorchSession(TINY, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(optimiser)) {
            take(steps, count, rate);
            return session.weights();
        }
    }

    private static void take(TorchSession.Steps steps, int count, double rate) {
        for (int i = 0; i < count; i++) {
            steps.step(IMAGES, MASKS, LOSS, rate, 0.5);
        }
    }

    private static void assertEqual(Weights actual, Weights expected) {
        assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
        actual.tensors().forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isEqualTo(expected.get(name).values()));
    }

    private static FloatTensor image(FloatTensor batch, int index) {
        int size = 16 * 24;
        float[] values = Arrays.copyOfRange(batch.values(), index * size, (index + 1) * size);
        return new FloatTensor(List.of(1, 1, 16, 24), values);
    }

    private static FloatTensor masks() {
        float[] values = new float[2 * 16 * 24];
        Arrays.fill(values, 100, 103, 1);
        return new FloatTensor(List.of(2, 1, 16, 24), values);
    }

    /** A 1x1 convolution, a norm, and a 1x1 head. */
    private static Network single() {
        return new Network() {
            @Override
            public String name() {
                return "single";
            }

            @Override
            public int inputChannels() {
                return 1;
            }

            @Override
            public Geometry geometry() {
                return new Geometry.PadToMultiple(1);
            }

            @Override
            public List<Conv2d> heads() {
                return List.of(Conv2d.of("head", 1, 1, 1));
            }

            @Override
            public <T> List<T> forward(Ops<T> ops, T image) {
                T y = ops.batchNorm(new BatchNorm("norm", 1), ops.conv(Conv2d.of("conv", 1, 1, 1), image));
                return List.of(ops.conv(heads().get(0), y));
            }
        };
    }
}
