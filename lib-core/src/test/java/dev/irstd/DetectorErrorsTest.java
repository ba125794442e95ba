package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class DetectorErrorsTest {
    @TempDir
    Path folder;

    @Test
    void namesTheMissingFile() {
        Path missing = folder.resolve("absent.onnx");

        assertThatThrownBy(() -> IrstdDetector.load(missing))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("no such file");
    }

    @Test
    void namesTheMissingResource() throws MalformedURLException {
        var location = folder.resolve("absent.onnx").toUri().toURL();

        assertThatThrownBy(() -> Model.resource(location))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent.onnx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/x.onnx",
                "HTTPS://localhost:1/x.onnx",
                "ftp://localhost:1/x.onnx",
                "jar:http://localhost:1/models.jar!/x.onnx",
                "file://models.invalid/x.onnx",
                "jar:file://models.invalid/models.jar!/x.onnx"
            })
    void fetchesNoModelOverTheNetwork(String address) throws MalformedURLException {
        URL location = new URL(address);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Model.resource(location))
                .withMessageContaining(location.toString())
                .withMessageContaining("never uses");
    }

    @Test
    void loadsAResourceByItsAddress() throws IOException {
        Path file = folder.resolve("here.onnx");
        Files.write(file, TinyNetwork.identity().onnx());
        Model model = Model.resource(file.toUri().toURL());

        assertThat(model.name()).isEqualTo("here.onnx");
        IrstdDetector.load(model).close();
    }

    @Test
    void namesTheEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.onnx"));

        assertThatThrownBy(() -> IrstdDetector.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("empty.onnx")
                .hasMessageContaining("0 bytes");
    }

    @Test
    void namesTheForeignFile() throws IOException {
        Path file = folder.resolve("text.onnx");
        Files.writeString(file, "this is no network", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> IrstdDetector.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("text.onnx")
                .hasMessageContaining("18 bytes")
                .hasMessageContaining("not an ONNX file");
    }

    @Test
    void saysHowToGiveAMissingManifest() {
        Model model = TinyNetwork.ofChannels(1).then("Identity").model(Map.of());

        assertLoadFails(model)
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("no manifest")
                .hasMessageContaining("irstd.manifest")
                .hasMessageContaining("builder().manifest(");
    }

    @Test
    void takesAGivenManifestForAModelWithoutOne() {
        Model model = TinyNetwork.ofChannels(1).then("Identity").model(Map.of());
        try (IrstdDetector detector = IrstdDetector.builder()
                .model(model)
                .manifest(TinyNetwork.GREY_IS_SCORE)
                .build()) {
            assertThat(detector.manifest()).isEqualTo(TinyNetwork.GREY_IS_SCORE);
            assertThat(detector.detect(Frames.of("9.")).targets()).hasSize(1);
        }
    }

    @Test
    void readsTheManifestInsideTheFile() {
        try (IrstdDetector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(detector.manifest()).isEqualTo(TinyNetwork.GREY_IS_SCORE);
        }
    }

    @Test
    void namesTheModelOfABrokenManifest() {
        Map<String, String> metadata = new LinkedHashMap<>(TinyNetwork.GREY_IS_SCORE.toMetadata());
        metadata.put("irstd.threshold", "2");

        assertLoadFails(TinyNetwork.ofChannels(1).then("Identity").model(metadata))
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("irstd.threshold")
                .hasMessageContaining("\"2\"");
    }

    @Test
    void refusesOutputsOfSeveralChannels() {
        byte[] onnx = TinyNetwork.ofChannels(1)
                .thenConvolution(1, 2, 1, 1, 1)
                .onnx(TinyNetwork.GREY_IS_SCORE.toMetadata(), DYNAMIC, 2, DYNAMIC, DYNAMIC);

        assertLoadFails(Model.of("two.onnx", onnx)).hasMessageContaining("output \"value1\" has 2 channel");
    }

    @Test
    void refusesScoreMapsOfAnotherSize() {
        Model model = TinyNetwork.ofChannels(4)
                .then("DepthToSpace", TinyNetwork.integer("blocksize", 2))
                .model(TinyNetwork.GREY_IS_SCORE);
        Model halved = TinyNetwork.ofChannels(1)
                .then("MaxPool", TinyNetwork.integers("kernel_shape", 2, 2), TinyNetwork.integers("strides", 2, 2))
                .model(TinyNetwork.GREY_IS_SCORE);

        assertLoadFails(model).hasMessageContaining("4 channel");
        assertDetectFails(halved, Frames.noise(8, 6, 1))
                .hasMessageContaining("[1, 1, 3, 4]")
                .hasMessageContaining("[1, 1, 6, 8]");
    }

    @Test
    void reportsWhatTheNetworkFailedOn() {
        // Promises to take any size but needs multiples of 8.
        Model model = TinyNetwork.ofChannels(1).needingMultipleOf(8).model(TinyNetwork.GREY_IS_SCORE);

        assertDetectFails(model, Frames.noise(9, 8, 1))
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("[1, 1, 8, 9]")
                .hasCauseInstanceOf(ai.onnxruntime.OrtException.class);
    }

    @Test
    void keepsWorkingAfterAFailedDetection() {
        Model model = TinyNetwork.ofChannels(1).needingMultipleOf(8).model(TinyNetwork.GREY_IS_SCORE);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThatThrownBy(() -> detector.detect(Frames.noise(9, 8, 1))).isInstanceOf(InferenceException.class);

            assertThat(detector.detect(Frames.noise(8, 8, 1)).width()).isEqualTo(8);
        }
    }

    @Test
    void notANumberIsAnErrorAmongLogitsToo() {
        Model model = TinyNetwork.ofChannels(1)
                .thenWithItself("Div")
                .model(TestManifests.withActivation(TinyNetwork.GREY_IS_SCORE, Activation.LOGITS));

        assertDetectFails(model, Frames.of("9.9")).hasMessageContaining("NaN");
    }

    @Test
    void probabilitiesThatRoundingCarriesPastOneAreOne() {
        Model model = TinyNetwork.ofChannels(1).then("Add", 1e-6f).model(TinyNetwork.GREY_IS_SCORE);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.of("9")).scoreMap().get(0, 0)).isEqualTo(1);
        }
    }

    @Test
    void runsOnTheProcessorUnlessAskedOtherwise() {
        try (IrstdDetector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(detector.device()).isEqualTo(Device.cpu());
        }
    }

    @Test
    void cudaWithoutACudaRuntimeNamesTheWayOut() {
        assumeNoCuda();

        assertThatThrownBy(() -> IrstdDetector.builder()
                        .model(TinyNetwork.identity())
                        .device(Device.cuda(1))
                        .build())
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("CUDA device 1")
                .hasMessageContaining("is built without CUDA")
                .hasMessageContaining("onnxruntime_gpu")
                .hasMessageContaining("dev.irstd:irstd-cuda");
    }

    @Test
    void autoTellsThatItChoseTheProcessor() {
        assumeNoCuda();
        try (IrstdDetector detector = IrstdDetector.builder()
                .model(TinyNetwork.identity())
                .device(Device.auto())
                .build()) {
            assertThat(detector.device()).isEqualTo(Device.cpu());
        }
    }

    @Test
    void autoBlamesABadModelOnTheModel() {
        assertThatThrownBy(() -> IrstdDetector.builder()
                        .model(Model.of("noise.onnx", new byte[] {1, 2, 3}))
                        .device(Device.auto())
                        .build())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("noise.onnx");
    }

    @Test
    void builderRefusesWhatCannotBe() {
        IrstdDetector.Builder builder = IrstdDetector.builder();

        assertThatThrownBy(() -> builder.threshold(1.5f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> builder.threshold(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.threads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 threads");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("model(");
        assertThatThrownBy(() -> builder.device(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("device");
        assertThatThrownBy(() -> builder.model((Path) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("file");
        assertThatThrownBy(() -> Device.cuda(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void oneThreadGivesTheSameScores() {
        InfraredImage image = Frames.noise(31, 17, 4);
        try (Detector one = IrstdDetector.builder()
                        .model(TinyNetwork.identity())
                        .threads(1)
                        .build();
                Detector two = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(one.detect(image).scoreMap()).isEqualTo(two.detect(image).scoreMap());
        }
    }

    private static void assumeNoCuda() {
        assumeThat(OrtEnvironment.getAvailableProviders())
                .as("this ONNX Runtime is built with CUDA")
                .doesNotContain(OrtProvider.CUDA);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertLoadFails(Model model) {
        return assertThatThrownBy(() -> IrstdDetector.load(model)).isInstanceOf(ModelException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertDetectFails(Model model, InfraredImage image) {
        try (Detector detector = IrstdDetector.load(model)) {
            return assertThatThrownBy(() -> detector.detect(image)).isInstanceOf(InferenceException.class);
        }
    }
}
