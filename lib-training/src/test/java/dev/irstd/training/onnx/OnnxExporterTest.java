package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.Geometry;
import dev.irstd.InfraredImage;
import dev.irstd.InputType;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.training.network.DNANet;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.network.RecurrentOptions.Fusion;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OnnxExporterTest {
    private static final Network NETWORK = RRCANet.rrcanet10();
    private static final Weights WEIGHTS = RandomWeights.of(NETWORK, 5);

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @CsvSource({"256, 256", "320, 480"})
    void onnxRuntimeAgreesWithTorch(int height, int width) {
        Network network = RRCANet.rrcanet18();
        Weights weights = RandomWeights.of(network, 3);
        FloatTensor image = Tensors.noise(height, 1, 1, height, width);

        FloatTensor onnx = Onnx.logits(network, weights, image);

        assertThat(onnx.shape()).containsExactly(1, 1, height, width);
        assertThat(Tensors.distance(onnx, last(torch(network, weights, image)))).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void exportsThePredictionWhateverTheFusion(Fusion fusion) {
        Network network = RRCANet.of(
                "tiny", RRCANet.standardOptions().withBlocks(1, 1).withWidth(4).withFusion(fusion));
        Weights weights = RandomWeights.of(network, 7);
        FloatTensor image = Tensors.noise(8, 1, 1, 16, 24);

        List<FloatTensor> torch = torch(network, weights, image);

        assertThat(torch).hasSize(fusion == Fusion.SUPERVISE ? 3 : 1);
        assertThat(Tensors.distance(Onnx.logits(network, weights, image), last(torch)))
                .isLessThan(1e-4);
    }

    @Test
    void givesEachImageOfABatchWhatItGetsAlone() {
        FloatTensor first = Tensors.noise(1, 1, 1, 32, 40);
        FloatTensor second = Tensors.noise(2, 1, 1, 32, 40);
        float[] both = Arrays.copyOf(first.values(), 2 * 32 * 40);
        System.arraycopy(second.values(), 0, both, 32 * 40, 32 * 40);

        FloatTensor batch = Onnx.logits(NETWORK, WEIGHTS, new FloatTensor(List.of(2, 1, 32, 40), both));

        FloatTensor alone = Onnx.logits(NETWORK, WEIGHTS, first);
        FloatTensor other = Onnx.logits(NETWORK, WEIGHTS, second);
        assertThat(batch.shape()).containsExactly(2, 1, 32, 40);
        assertThat(Tensors.distance(part(batch, 0), alone)).isLessThan(1e-5);
        assertThat(Tensors.distance(part(batch, 1), other)).isLessThan(1e-5);
        assertThat(Tensors.distance(alone, other)).isGreaterThan(1e-2);
    }

    private static FloatTensor part(FloatTensor batch, int index) {
        int size = batch.values().length / 2;
        float[] values = Arrays.copyOfRange(batch.values(), index * size, (index + 1) * size);
        return new FloatTensor(List.of(1, 1, 32, 40), values);
    }

    @Test
    void exportsProbabilitiesAsTheSigmoidOfTheLogits() {
        FloatTensor image = Tensors.noise(4, 1, 1, 24, 32);

        FloatTensor logits = Onnx.logits(NETWORK, WEIGHTS, image);
        FloatTensor probabilities = Onnx.run(Onnx.export(NETWORK, WEIGHTS, Activation.PROBABILITY), image);

        assertThat(Tensors.distance(probabilities, sigmoid(logits))).isLessThan(1e-6);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void detectorReadsTheManifestThatWasExported(Activation activation) {
        ModelManifest manifest = new ModelManifest(
                "RRCANet-ResNet10, \"äußerst\" 小",
                1,
                Normalization.of(101.06385f, 34.619606f),
                new Geometry.PadToMultiple(16),
                activation,
                0.37f,
                new Provenance("1.2.3", "NUAA-SIRST\ntrain", "mIoU 0.75", "CC BY 4.0"));

        byte[] onnx = OnnxExporter.export(NETWORK, WEIGHTS, manifest);

        try (IrstdDetector detector = IrstdDetector.load(Model.of("exported", onnx))) {
            assertThat(detector.manifest()).isEqualTo(manifest);
        }
    }

    /** Padding, normalisation and activation between training and use: an image of no multiple of 8. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void detectorScoresAsTheTrainedNetworkDoes(Activation activation) {
        int width = 37;
        int height = 50;
        byte[] grey = new byte[width * height];
        new SplittableRandom(6).nextBytes(grey);
        float[] padded = new float[40 * 56];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                padded[y * 40 + x] = ((grey[y * width + x] & 0xFF) - 100) / 35f;
            }
        }

        Detection detection;
        byte[] onnx = Onnx.export(NETWORK, WEIGHTS, activation);
        try (IrstdDetector detector = IrstdDetector.load(Model.of("exported", onnx))) {
            detection = detector.detect(InfraredImage.grey8(width, height, grey, 0, width));
        }

        FloatTensor expected = sigmoid(last(torch(NETWORK, WEIGHTS, new FloatTensor(List.of(1, 1, 56, 40), padded))));
        float[] cropped = new float[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(expected.values(), y * 40, cropped, y * width, width);
        }
        List<Integer> shape = List.of(height, width);
        FloatTensor scores = new FloatTensor(shape, detection.scoreMap().toArray());
        assertThat(Tensors.distance(scores, new FloatTensor(shape, cropped))).isLessThan(3e-5);
    }

    @Test
    void exportsTheSameBytesAgain() {
        assertThat(Onnx.export(NETWORK, WEIGHTS, Activation.LOGITS))
                .isEqualTo(Onnx.export(NETWORK, WEIGHTS, Activation.LOGITS));
    }

    @Test
    void storesASharedConvolutionOnce() {
        Weights weights = WEIGHTS;
        long floats = weights.tensors().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();

        byte[] onnx = Onnx.export(NETWORK, weights, Rewriting.NONE);

        // Twice as much would hold the encoder's convolutions three times.
        assertThat((long) onnx.length).isBetween(4 * floats, 4 * floats + 150_000);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void aMaskIsWhatLiesAboveTheThreshold(Activation activation) throws Exception {
        ModelManifest manifest = Onnx.manifest(NETWORK, activation);
        FloatTensor image = Tensors.noise(4, 1, 1, 24, 32);
        FloatTensor scores = Onnx.run(Onnx.export(NETWORK, WEIGHTS, Activation.PROBABILITY), image);
        byte[] onnx = OnnxExporter.export(
                NETWORK, WEIGHTS, manifest, ExportOptions.standard().withOutputs(Exported.MASK));

        assertThat(mask(onnx, image, 0.5f)).containsExactly(above(scores, 0.5f));
        assertThat(mask(onnx, image, 0.3f)).containsExactly(above(scores, 0.3f));
        assertThat(ModelProto.parseFrom(onnx).getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("image", "threshold");
    }

    private static byte[] above(FloatTensor scores, float threshold) {
        byte[] mask = new byte[scores.values().length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (scores.values()[i] > threshold ? 1 : 0);
        }
        return mask;
    }

    private static byte[] mask(byte[] onnx, FloatTensor image, float threshold) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = image.shape().stream().mapToLong(Integer::longValue).toArray();
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image.values()), shape);
                OnnxTensor limit = OnnxTensor.createTensor(environment, new float[] {threshold});
                OrtSession.Result result = session.run(Map.of("image", input, "threshold", limit), Set.of("mask"))) {
            ByteBuffer mask = ((OnnxTensor) result.get(0)).getByteBuffer();
            byte[] bytes = new byte[mask.remaining()];
            mask.get(bytes);
            return bytes;
        }
    }

    @Test
    void aDetectorTakesTheScoresOfAFileWithAMask() {
        ModelManifest manifest = Onnx.manifest(NETWORK, Activation.LOGITS);
        InfraredImage image =
                InfraredImage.grey8(3, 2, new byte[] {0, 50, 100, (byte) 150, (byte) 200, (byte) 255}, 0, 3);
        for (InputType type : InputType.values()) {
            ModelManifest typed = manifest.withInput(type);
            ExportOptions options = ExportOptions.standard();
            byte[] masked = OnnxExporter.export(NETWORK, WEIGHTS, typed, options.withOutputs(Exported.MASK));
            try (IrstdDetector scores =
                            IrstdDetector.load(Model.of("scores", OnnxExporter.export(NETWORK, WEIGHTS, typed)));
                    IrstdDetector mask = IrstdDetector.load(Model.of("mask", masked))) {
                assertThat(mask.manifest()).isEqualTo(typed.withOutput("logits"));
                assertThat(mask.detect(image).scoreMap())
                        .isEqualTo(scores.detect(image).scoreMap());
            }
        }
    }

    @Test
    void leavesOutWhatLeadsToNoOutput() throws Exception {
        Network network =
                DNANet.of("DNANet of few channels", DNANet.standardOptions().withChannels(16, 16, 32, 32, 48));
        Weights weights = RandomWeights.of(network, 1);
        ModelManifest manifest = Onnx.manifest(network, Activation.LOGITS);

        ExportOptions plain = ExportOptions.standard().withRewriting(Rewriting.NONE);
        assertThat(constants(OnnxExporter.export(network, weights, manifest, plain)))
                .contains("final4.weight")
                .doesNotContain("final1.weight");
        assertThat(constants(OnnxExporter.export(network, weights, manifest, plain.withOutputs(Exported.ALL))))
                .contains("final4.weight", "final1.weight");
    }

    private static List<String> constants(byte[] onnx) throws Exception {
        return ModelProto.parseFrom(onnx).getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .toList();
    }

    @Test
    void refusesAManifestOfOtherChannels() {
        Network colour = RRCANet.of("RRCANet", RRCANet.standardOptions().withInputChannels(3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExporter.export(NETWORK, WEIGHTS, Onnx.manifest(colour, Activation.LOGITS)))
                .withMessageContaining("RRCANet-ResNet10 has 1 input channels")
                .withMessageContaining("manifest says 3");
    }

    @Test
    void refusesAManifestThatPadsToLessThanTheNetworkNeeds() {
        ModelManifest manifest = new ModelManifest(
                "RRCANet-ResNet10",
                1,
                Normalization.of(0, 255),
                new Geometry.PadToMultiple(12),
                Activation.LOGITS,
                0.5f,
                Provenance.unknown());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExporter.export(NETWORK, WEIGHTS, manifest))
                .withMessageContaining("multiples of 8")
                .withMessageContaining("12");
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        Network other = RRCANet.rrcanet18();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Onnx.export(other, WEIGHTS, Activation.LOGITS))
                .withMessageContaining("iteration0_layer0_encoder_convs");
    }

    private static List<FloatTensor> torch(Network network, Weights weights, FloatTensor image) {
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            return session.logits(image);
        }
    }

    private static FloatTensor last(List<FloatTensor> outputs) {
        return outputs.get(outputs.size() - 1);
    }

    private static FloatTensor sigmoid(FloatTensor logits) {
        float[] values = logits.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 / (1 + Math.exp(-values[i])));
        }
        return new FloatTensor(logits.shape(), values);
    }
}
