package dev.irstd;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Models without a manifest, as other projects export them. */
class ForeignModelTest {
    /** Outputs "value1", the grey, and "none", zero. */
    private static final Model TWO_OUTPUTS = Model.of(
            "two.onnx",
            TinyNetwork.ofChannels(1)
                    .then("Identity")
                    .alsoReturning("none", "Sub")
                    .onnx(Map.of(), DYNAMIC, 1, DYNAMIC, DYNAMIC));

    @Test
    void takesTheOutputThatTheManifestNames() {
        try (Detector first = load(TWO_OUTPUTS, TinyNetwork.GREY_IS_SCORE.withOutput("value1"));
                Detector last = load(TWO_OUTPUTS, TinyNetwork.GREY_IS_SCORE.withOutput("none"))) {
            InfraredImage image = Frames.of("9.");

            assertThat(first.detect(image).scoreMap().toArray()).containsExactly(1, 0);
            assertThat(last.detect(image).scoreMap().toArray()).containsExactly(0, 0);
        }
    }

    @Test
    void aManifestInsideTheFileNamesTheOutputToo() {
        Model model = TinyNetwork.ofChannels(1)
                .then("Identity")
                .alsoReturning("none", "Sub")
                .model(TinyNetwork.GREY_IS_SCORE.withOutput("none"));
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.of("9.")).targets()).isEmpty();
        }
    }

    @Test
    void severalOutputsAndNoneNamedAreListed() {
        assertLoadFails(TWO_OUTPUTS, TinyNetwork.GREY_IS_SCORE)
                .hasMessageContaining("two.onnx")
                .hasMessageContaining("2 outputs [value1, none]")
                .hasMessageContaining("withOutput");
    }

    @Test
    void anOutputThatDoesNotExistIsNamedWithThoseThatDo() {
        assertLoadFails(TWO_OUTPUTS, TinyNetwork.GREY_IS_SCORE.withOutput("pred"))
                .hasMessageContaining("two.onnx")
                .hasMessageContaining("\"pred\"")
                .hasMessageContaining("[value1, none]");
    }

    @Test
    void severalInputsAreListed() {
        Model model = Model.of(
                "inputs.onnx",
                TinyNetwork.ofChannels(1)
                        .alsoTaking("other")
                        .then("Identity")
                        .onnx(Map.of(), DYNAMIC, 1, DYNAMIC, DYNAMIC));

        assertLoadFails(model, TinyNetwork.GREY_IS_SCORE).hasMessageContaining("2 inputs [value0, other]");
    }

    @Test
    void takesScoreMapsWithoutAChannel() {
        Model model = Model.of(
                "flat.onnx",
                TinyNetwork.ofChannels(1)
                        .then("ReduceMax", TinyNetwork.integers("axes", 1), TinyNetwork.integer("keepdims", 0))
                        .onnx(Map.of(), 1, DYNAMIC, DYNAMIC));
        try (Detector detector = load(model, TinyNetwork.GREY_IS_SCORE)) {
            assertThat(detector.detect(Frames.of("9..", "..9")).scoreMap().toArray())
                    .containsExactly(1, 0, 0, 0, 0, 1);
        }
    }

    @Test
    void refusesOutputsThatAreNoScoreMaps() {
        Model model = Model.of(
                "vector.onnx",
                TinyNetwork.ofChannels(1)
                        .then("ReduceMax", TinyNetwork.integers("axes", 2, 3), TinyNetwork.integer("keepdims", 0))
                        .onnx(Map.of(), DYNAMIC, 1));

        assertLoadFails(model, TinyNetwork.GREY_IS_SCORE)
                .hasMessageContaining("output \"value1\"")
                .hasMessageContaining("float [1, 1, height, width]");
    }

    @ParameterizedTest
    @CsvSource({"256, 256, 256x256", "-1, 256, 256xany", "256, -1, anyx256"})
    void aFixedSizeMustBeTheOneThatTheManifestResizesTo(int height, int width, String named) {
        Model model = fixed(height, width);
        Geometry other = new Geometry.Resize(320, 240, Geometry.Sampling.ANTIALIASED);

        assertLoadFails(model, TestManifests.withGeometry(TinyNetwork.GREY_IS_SCORE, other))
                .hasMessageContaining("\"value0\" is " + named)
                .hasMessageContaining("320x240");
        assertLoadFails(model, TinyNetwork.GREY_IS_SCORE)
                .hasMessageContaining("\"value0\" is " + named)
                .hasMessageContaining("PadToMultiple")
                .hasMessageContaining("Geometry.Resize");
    }

    @Test
    void aNetworkOfOneSizeTakesImagesOfAny() {
        Geometry own = new Geometry.Resize(64, 32, Geometry.Sampling.ANTIALIASED);
        try (Detector detector = load(fixed(32, 64), TestManifests.withGeometry(TinyNetwork.GREY_IS_SCORE, own))) {
            assertThat(detector.detect(Frames.noise(64, 32, 1)).width()).isEqualTo(64);
            assertThat(detector.detect(Frames.noise(31, 95, 1)).width()).isEqualTo(31);
        }
    }

    @Test
    void runsAnImageNetExportOfOneSize() {
        // The three channels are (grey / 255 - m) / d; d / 3 of each, times 20, gives 20 (grey / 255 - 0.449).
        Model model = Model.of(
                "resunet.onnx",
                TinyNetwork.ofInput(DataType.FLOAT, 1, 3, 256, 256)
                        .thenConvolution(3, 1, 1, 0.229f * 20 / 3, 0.224f * 20 / 3, 0.225f * 20 / 3)
                        .then("Sub", 10 - 20 * 0.449f)
                        .onnx(Map.of(), 1, 1, 256, 256));
        int[] samples = new int[512 * 512];
        for (int y = 100; y < 116; y++) {
            Arrays.fill(samples, y * 512 + 300, y * 512 + 316, 255);
        }
        try (Detector detector = load(model, ModelManifest.imageNet256("ResUNet"))) {
            Detection found = detector.detect(Frames.grey8(512, 512, samples));

            // Halved, the square keeps 0.875 of its white inside its border; back, 0.75 of a score stays in it.
            assertThat(found.targets()).hasSize(1);
            assertThat(found.targets().get(0).box()).isEqualTo(new Box(300, 100, 16, 16));
            assertThat(found.targets().get(0).x()).isCloseTo(307.5, within(1e-9));
            assertThat(found.targets().get(0).y()).isCloseTo(107.5, within(1e-9));
            // The logit of black is -10, that of white 10: 1 / (1 + exp(10)) = 0.0000454
            assertThat(found.scoreMap().get(0, 0)).isCloseTo(0.0000454f, within(1e-6f));
            assertThat(found.scoreMap().get(307, 107)).isCloseTo(0.9999546f, within(1e-6f));
        }
    }

    @Test
    void runsABasicIrstdExportOfSeveralOutputs() {
        // Grey is x * 34.619606 + 101.06385, the logit 20 (grey / 255) - 10; the padding has x = 0.
        Model model = Model.of(
                "dnanet.onnx",
                TinyNetwork.ofChannels(1)
                        .needingMultipleOf(32)
                        .then("Mul", 34.619606f * 20 / 255)
                        .then("Add", 101.06385f * 20 / 255 - 10)
                        .then("Sigmoid")
                        .alsoReturning("side", "Sub")
                        .onnx(Map.of(), DYNAMIC, 1, DYNAMIC, DYNAMIC));
        ModelManifest manifest =
                ModelManifest.basicIrstd("DNANet", Normalization.NUAA_SIRST).withOutput("value5");
        int[] samples = new int[45 * 33];
        samples[0] = 255;
        samples[32 * 45 + 44] = 255;
        try (Detector detector = load(model, manifest)) {
            Detection found = detector.detect(Frames.grey8(45, 33, samples));

            assertThat(found.targets())
                    .extracting(Target::box)
                    .containsExactly(new Box(0, 0, 1, 1), new Box(44, 32, 1, 1));
            assertThat(found.scoreMap().get(44, 32)).isCloseTo(0.9999546f, within(1e-6f));
            assertThat(found.scoreMap().get(43, 32)).isCloseTo(0.0000454f, within(1e-6f));
        }
    }

    private static Model fixed(int height, int width) {
        return Model.of(
                "fixed.onnx",
                TinyNetwork.ofInput(DataType.FLOAT, 1, 1, height, width)
                        .then("Identity")
                        .onnx(Map.of(), 1, 1, height, width));
    }

    private static IrstdDetector load(Model model, ModelManifest manifest) {
        return IrstdDetector.builder().model(model).manifest(manifest).build();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertLoadFails(
            Model model, ModelManifest manifest) {
        return assertThatThrownBy(() -> load(model, manifest)).isInstanceOf(ModelException.class);
    }
}
