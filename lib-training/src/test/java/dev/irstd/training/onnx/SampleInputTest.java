package dev.irstd.training.onnx;

import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.Geometry;
import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.InputType;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.Tiles;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A file that takes samples scores images as the one does that takes floats, to the last bit. */
class SampleInputTest {
    private static final Network NETWORK = RRCANet.rrcanet10();
    private static final Weights WEIGHTS = RandomWeights.of(NETWORK, 5);

    private static final List<InputRange> RANGES =
            List.of(InputRange.fullScale(), InputRange.between(40, 200), InputRange.perImage());

    /** Sizes of a multiple and none, smaller than a block too. */
    private static final int[][] SIZES = {{32, 48}, {37, 50}, {3, 1}};

    private static Model model(Network network, Weights weights, InputType input, Rewriting rewriting) {
        ModelManifest manifest =
                Onnx.manifest(network, network.outputs().prediction()).withInput(input);
        return Model.of(
                "takes " + input,
                OnnxExporter.export(
                        network, weights, manifest, ExportOptions.standard().withRewriting(rewriting)));
    }

    private static Model model(InputType input) {
        return model(NETWORK, WEIGHTS, input, Rewriting.EXACT);
    }

    private static InfraredImage grey8(int width, int height) {
        byte[] samples = new byte[width * height];
        new SplittableRandom(width).nextBytes(samples);
        return InfraredImage.grey8(width, height, samples, 0, width);
    }

    private static InfraredImage grey16(int width, int height) {
        SplittableRandom random = new SplittableRandom(height);
        short[] samples = new short[width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) random.nextInt();
        }
        return InfraredImage.grey16(width, height, samples, 0, width);
    }

    private static IrstdDetector detector(Model model, InputRange range) {
        return IrstdDetector.builder().model(model).inputRange(range).build();
    }

    @ParameterizedTest
    @EnumSource(InputType.class)
    void imagesOf8BitsScoreTheSame(InputType input) {
        requireEqual(
                model(input),
                Stream.of(SIZES).map(size -> grey8(size[0], size[1])).toList());
    }

    @Test
    void imagesOf16BitsScoreTheSame() {
        requireEqual(
                model(InputType.UINT16),
                Stream.of(SIZES).map(size -> grey16(size[0], size[1])).toList());
    }

    private static void requireEqual(Model model, List<InfraredImage> images) {
        for (InputRange range : RANGES) {
            try (Detector floats = detector(model(InputType.FLOAT32), range);
                    Detector samples = detector(model, range)) {
                for (InfraredImage image : images) {
                    assertThat(samples.detect(image).scoreMap())
                            .as("%s in %s", image, range)
                            .isEqualTo(floats.detect(image).scoreMap());
                }
            }
        }
    }

    @Test
    void aConstantImageInItsOwnRangeIsBlack() {
        InfraredImage constant = InfraredImage.grey8(8, 8, new byte[64], 0, 8);
        try (Detector floats = detector(model(InputType.FLOAT32), InputRange.perImage());
                Detector samples = detector(model(InputType.UINT8), InputRange.perImage())) {
            assertThat(samples.detect(constant).scoreMap())
                    .isEqualTo(floats.detect(constant).scoreMap());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RRCANet", "ResUNet+RuCB", "AMFU", "DNANet"})
    void otherNetworksDoToo(String name) {
        Network network = Networks.named(name);
        Weights weights = RandomWeights.of(network, 1);
        for (Rewriting rewriting : Rewriting.values()) {
            try (Detector floats = IrstdDetector.load(model(network, weights, InputType.FLOAT32, rewriting));
                    Detector samples = IrstdDetector.load(model(network, weights, InputType.UINT8, rewriting))) {
                InfraredImage image = grey8(37, 50);
                assertThat(samples.detect(image).scoreMap())
                        .isEqualTo(floats.detect(image).scoreMap());
            }
        }
    }

    @Test
    void aNetworkOfThreeChannelsNormalisesEach() {
        Network network = Networks.named("ACM", 3);
        Weights weights = RandomWeights.of(network, 1);
        ModelManifest floats = new ModelManifest(
                network.name(),
                3,
                Normalization.IMAGE_NET,
                network.geometry(),
                Activation.PROBABILITY,
                0.5f,
                Provenance.unknown());
        ModelManifest samples = floats.withInput(InputType.UINT8);
        InfraredImage image = grey8(37, 50);

        assertThat(detect(OnnxExporter.export(network, weights, samples), image).scoreMap())
                .isEqualTo(detect(OnnxExporter.export(network, weights, floats), image)
                        .scoreMap());
    }

    private static Detection detect(byte[] onnx, InfraredImage image) {
        try (Detector detector = IrstdDetector.load(Model.of("exported", onnx))) {
            return detector.detect(image);
        }
    }

    static Stream<InputType> samples() {
        return Stream.of(InputType.UINT8, InputType.UINT16);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tilesScoreTheSame(InputType input) {
        Tiles tiles = new Tiles(32, 8);
        InfraredImage image = grey8(75, 61);
        try (Detector floats = IrstdDetector.builder()
                        .model(model(InputType.FLOAT32))
                        .tiles(tiles)
                        .build();
                Detector samples =
                        IrstdDetector.builder().model(model(input)).tiles(tiles).build()) {
            assertThat(samples.detect(image).scoreMap())
                    .isEqualTo(floats.detect(image).scoreMap());
        }
    }

    @Test
    void streamsScoreTheSame() {
        List<InfraredImage> images =
                Stream.of(SIZES).map(size -> grey8(size[0], size[1])).toList();
        try (Detector floats = IrstdDetector.load(model(InputType.FLOAT32));
                Detector samples = IrstdDetector.load(model(InputType.UINT8));
                Stream<Detection> found = samples.detectAll(images.stream(), 2)) {
            assertThat(found.map(Detection::scoreMap))
                    .isEqualTo(floats.detectAll(images).stream()
                            .map(Detection::scoreMap)
                            .toList());
        }
    }

    @Test
    void anImageOf16BitsIsTooMuchForSamplesOf8() {
        try (Detector detector = IrstdDetector.load(model(InputType.UINT8))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> detector.detect(grey16(8, 8)))
                    .withMessageContaining("16 bits")
                    .withMessageContaining("uint16");
            assertThat(detector.detect(grey8(8, 8)).width()).isEqualTo(8);
        }
    }

    @Test
    void whatIsResizedIsNoSamples() {
        ModelManifest floats = Onnx.manifest(Networks.named("LPNetGA"), Activation.PROBABILITY);

        assertThat(floats.geometry()).isInstanceOf(Geometry.Resize.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> floats.withInput(InputType.UINT8))
                .withMessageContaining("UINT8");
    }
}
