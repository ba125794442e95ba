package dev.irstd.examples;

import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.Device;
import dev.irstd.DeviceException;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Mask;
import dev.irstd.Normalization;
import dev.irstd.ScoreMap;
import dev.irstd.Target;
import dev.irstd.metrics.EmptyUnion;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.models.Models;
import dev.irstd.training.data.Background;
import dev.irstd.training.data.Scene;
import dev.irstd.training.data.SceneFolder;
import dev.irstd.training.data.SceneGenerator;
import dev.irstd.training.data.Split;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ExamplesTest {
    private static final String EMBEDDED = "rrcanet18-nuaa-sirst.onnx";

    private final PlainNetwork network = new PlainNetwork();

    @TempDir
    Path folder;

    Path model;

    @BeforeEach
    void exportAnUntrainedNetwork() throws IOException {
        model = folder.resolve("plain.onnx");
        TrainingExamples.export(network, Weights.initial(network, Initialisation.PYTORCH, 0.5, 1), model);
    }

    @Test
    void readmeFindsTargetsWithTheEmbeddedModel() throws IOException {
        assumeTrue(Models.class.getResource(EMBEDDED) != null, "this build lacks the embedded model " + EMBEDDED);
        Path image = folder.resolve("scene.png");
        ImageIO.write(scene(1).image().toImage(), "png", image.toFile());
        Path mask = folder.resolve("mask.png");
        DetectionExamples.readme(image.toFile(), mask.toFile());
        FindTargets.main(new String[] {image.toString()});
        assertThat(ImageIO.read(mask.toFile()).getWidth()).isEqualTo(64);
        assertThat(folder.resolve("scene.png-mask.png")).hasSameBinaryContentAs(mask);
    }

    @Test
    void cameraFramesGiveDetectionsOfTheirSize() {
        try (Detector detector = DetectionExamples.of14BitCamera(model)) {
            Detection found = DetectionExamples.fromCamera(detector, new short[640 * 512]);
            assertThat(found.width()).isEqualTo(640);
            assertThat(found.height()).isEqualTo(512);
        }
    }

    @Test
    void manifestOfTheCallerTakesPrecedence() {
        try (IrstdDetector detector = DetectionExamples.foreign(model)) {
            assertThat(detector.manifest().network()).isEqualTo("UNet");
        }
    }

    @Test
    void officialExportsRunWithTheConstantsOfTheirDataSet() {
        try (IrstdDetector detector = DetectionExamples.official(model)) {
            assertThat(detector.manifest().normalization()).isEqualTo(Normalization.NUDT_SIRST);
            assertThat(detector.detect(scene(1).image()).width()).isEqualTo(64);
        }
    }

    @Test
    void higherThresholdAppliesToTheSameScores() {
        BufferedImage image = scene(1).image().toImage();
        Mask certain = DetectionExamples.twoThresholds(model, image);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(certain).isEqualTo(detector.detect(image).scoreMap().above(0.9f));
        }
    }

    @Test
    void manyThreadsGiveTheScoresOfOne() {
        List<InfraredImage> frames =
                IntStream.range(0, 8).mapToObj(seed -> scene(seed).image()).toList();
        List<ScoreMap> parallel = DetectionExamples.manyThreads(model, frames).stream()
                .map(Detection::scoreMap)
                .toList();
        try (Detector detector = IrstdDetector.builder().model(model).threads(1).build()) {
            assertThat(parallel)
                    .isEqualTo(detector.detectAll(frames).stream()
                            .map(Detection::scoreMap)
                            .toList());
        }
    }

    @Test
    void tilesGiveDetectionsOfTheImagesSize() {
        try (Detector detector = DetectionExamples.inTiles(model)) {
            assertThat(detector.detect(InfraredImage.grey8(700, 20, new byte[700 * 20], 0, 700))
                            .width())
                    .isEqualTo(700);
        }
    }

    @Test
    void streamsGiveTheTargetsOfEachFrame() {
        List<InfraredImage> frames =
                IntStream.range(0, 8).mapToObj(seed -> scene(seed).image()).toList();
        List<List<Target>> found = new ArrayList<>();
        DetectionExamples.stream(model, frames.stream(), found::add);
        try (Detector detector = IrstdDetector.builder().model(model).threads(1).build()) {
            assertThat(found)
                    .isEqualTo(detector.detectAll(frames).stream()
                            .map(Detection::targets)
                            .toList());
        }
    }

    @Test
    void automaticDeviceIsDecided() {
        assertThat(DetectionExamples.whereItRuns(model)).isNotEqualTo(Device.auto());
    }

    @Test
    void gpuIsUsedOrSaysWhatItLacks() {
        try (Detector detector = DetectionExamples.onGpu(model)) {
            assertThat(detector).hasToString("IrstdDetector[" + model + " on CUDA device 0 (TF32)]");
        } catch (DeviceException e) {
            assertThat(e).hasMessageStartingWith("CUDA device 0 (TF32) cannot run: ");
        }
    }

    @Test
    void errorsOfTheLibraryAreCaughtByTheirKind() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.onnx"), "no network");
        BufferedImage image = scene(1).image().toImage();
        assertThatCode(() -> DetectionExamples.errors(broken, image)).doesNotThrowAnyException();
        assertThatCode(() -> DetectionExamples.errors(model, image)).doesNotThrowAnyException();
    }

    /** The arithmetic stands in docs/metrics.md. */
    @Test
    void metricsOfTheWorkedExample() {
        Mask truth = mask(
                "............",
                ".##.....##..",
                ".##.....##..",
                "............",
                "............",
                "............",
                "............",
                "............");
        Mask prediction = mask(
                "............",
                "..##........",
                "..##........",
                "............",
                "............",
                "............",
                "....##......",
                "....##.....#");
        Mask empty = Mask.of(12, 8, new boolean[12 * 8]);

        Metrics metrics = MetricsExample.count(prediction, truth, empty);

        assertThat(metrics.pixels().iou()).isEqualTo(2.0 / 15);
        assertThat(metrics.pixels().nIou(EmptyUnion.ONE)).isCloseTo(17.0 / 30, within(1e-12));
        assertThat(metrics.pixels().nIou(EmptyUnion.SKIP)).isCloseTo(2.0 / 15, within(1e-12));
        assertThat(metrics.pixels().nIou(EmptyUnion.ZERO)).isCloseTo(1.0 / 15, within(1e-12));
        assertThat(metrics.targets().values())
                .allSatisfy(targets -> assertThat(targets.pd()).isEqualTo(0.5));
        assertThat(metrics.targets(TargetProtocol.MARKED).fa()).isEqualTo(5.0 / 192);
        assertThat(metrics.targets(TargetProtocol.LEGACY_AREA).fa()).isEqualTo(1.0 / 192);
        assertThat(metrics.targets(TargetProtocol.DCONET).fa()).isEqualTo(1.0 / (2 * 512 * 512));
        assertThat(metrics.targets(TargetProtocol.LPNETGA).fa()).isEqualTo(1.0);
    }

    private static Mask mask(String... rows) {
        String pixels = String.join("", rows);
        boolean[] set = new boolean[pixels.length()];
        for (int i = 0; i < set.length; i++) {
            set[i] = pixels.charAt(i) == '#';
        }
        return Mask.of(rows[0].length(), rows.length, set);
    }

    @Test
    void plainNetworkHasTheParametersOfItsLayers() {
        int encoder = (1 * 8 * 9 + 8 + 16) + (8 * 8 * 9 + 8 + 16);
        int decoder = 16 * 8 * 9 + 8 + 16;
        int head = 8 + 1;
        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(encoder + decoder + head);
    }

    /** Of the 192 953 parameters with feature stacking, its 16 instead of 8 channels take 576 + 152. */
    @Test
    void networkWithOtherOptionsHasItsOwnParameters() {
        assertThat(NetworkSummary.of(TrainingExamples.options(), 64, 64).parameterCount())
                .isEqualTo(192_953 - 576 - 152);
    }

    @Test
    void weightsGoToOfficialCodeAndComeBack() throws IOException {
        Weights weights = Weights.initial(network, Initialisation.PYTORCH, 0.5, 1);
        Path file = folder.resolve("official.pth");

        TrainingExamples.write(network, weights, file);
        Weights again = TrainingExamples.read(network, file);

        assertThat(again.tensors().keySet()).isEqualTo(weights.tensors().keySet());
        weights.tensors()
                .forEach((name, tensor) ->
                        assertThat(again.get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    @Test
    void trainedNetworkIsExportedAndMeasured() throws IOException {
        Path data = folder.resolve("scenes");
        Map<String, Scene> scenes = new LinkedHashMap<>();
        IntStream.range(0, 8).forEach(seed -> scenes.put("scene-" + seed, scene(seed)));
        for (Split split : Split.values()) {
            SceneFolder.write(data, split, List.copyOf(scenes.keySet()), scenes::get);
        }
        Path trained = folder.resolve("trained.onnx");

        TrainingExamples.export(network, TrainingExamples.train(network, data, folder.resolve("run")), trained);

        try (Detector detector = IrstdDetector.load(trained)) {
            Metrics metrics = MetricsExample.ofDataset(detector, data);
            assertThat(metrics.pixels().images()).isEqualTo(8);
            assertThat(metrics.targets(TargetProtocol.MARKED).targets()).isEqualTo(8);
        }
    }

    private static Scene scene(long seed) {
        return SceneGenerator.of(64, 64, Background.SKY).withTargets(1).generate(seed);
    }
}
