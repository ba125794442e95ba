package dev.irstd.models;

import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.ScoreMap;
import dev.irstd.testing.BitFlips;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsTest {
    private static final int SKY = 90;

    static Stream<Model> models() {
        return Stream.of(
                Models.rrcanet18(),
                Models.rrcanet18AnySensor(),
                Models.rrcanet10(),
                Models.rrcanet34(),
                Models.resunetRucb(),
                Models.amfuRucb(),
                Models.acm());
    }

    static Stream<Model> modelsOfAllVersions() {
        return Stream.concat(models(), Stream.of(first()));
    }

    /** From before exports were rewritten and sealed. */
    private static Model first() {
        return Model.resource(ModelsTest.class.getResource("rrcanet18-nuaa-sirst-1.onnx"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void saysWhatItWasTrainedOnAndUnderWhichLicence(Model model) {
        try (IrstdDetector detector = IrstdDetector.load(model)) {
            ModelManifest manifest = detector.manifest();

            assertThat(manifest.network())
                    .isIn("RRCANet", "RRCANet-ResNet10", "RRCANet-ResNet34", "ResUNet+RuCB", "AMFU+RuCB", "ACM");
            assertThat(manifest.provenance().trainingData()).contains("NUAA-SIRST");
            assertThat(manifest.provenance().metrics()).contains("MARKED");
            assertThat(manifest.provenance().licence()).contains("research");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void isTheFileThatItsCardDescribes(Model model) throws IOException {
        Path card = Path.of("cards", model.name().replace(".onnx", ".md"));

        assertThat(Files.readString(card)).contains("`" + model.name() + "`", "SHA-256 `" + model.sha256() + "`");
    }

    @Test
    void theFirstFileStillLoads() {
        try (IrstdDetector detector = IrstdDetector.load(first())) {
            assertThat(detector.manifest().provenance().version()).isEqualTo("1");
            assertThat(detector.manifest().activation()).isEqualTo(Activation.PROBABILITY);
        }
    }

    @Test
    @Tag("long")
    void neitherCrashesNorEscapesWithAnyBitFlipped(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rrcanet18.onnx");
        try (InputStream in = Models.class.getResourceAsStream("rrcanet18-nuaa-sirst.onnx")) {
            Files.copy(in, file);
        }

        assertThat(BitFlips.run(file, 1, 3000)).doesNotContainKey(BitFlips.Outcome.ESCAPED);
    }

    @ParameterizedTest
    @MethodSource("modelsOfAllVersions")
    void findsASpotInAClearSky(Model model) {
        BufferedImage image = sky(100, 75);
        WritableRaster raster = image.getRaster();
        for (int y = 39; y <= 41; y++) {
            for (int x = 59; x <= 61; x++) {
                raster.setSample(x, y, 0, x == 60 && y == 40 ? 250 : 190);
            }
        }
        try (IrstdDetector detector = IrstdDetector.load(model)) {
            Detection found = detector.detect(image);

            assertThat(found.targets()).hasSize(1);
            assertThat(found.targets().get(0).x()).isBetween(59.0, 61.0);
            assertThat(found.targets().get(0).y()).isBetween(39.0, 41.0);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsOfAllVersions")
    void findsNothingInAClearSky(Model model) {
        try (IrstdDetector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(sky(100, 75)).targets()).isEmpty();
        }
    }

    @Test
    void givesEightThreadsWhatItGivesOne() {
        List<BufferedImage> images = IntStream.range(0, 24)
                .mapToObj(i -> withSpot(60 + 3 * i, 50 + 5 * i))
                .toList();
        try (IrstdDetector detector = IrstdDetector.load(Models.rrcanet18())) {
            List<ScoreMap> serial = images.stream()
                    .map(image -> detector.detect(image).scoreMap())
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<CompletableFuture<ScoreMap>> parallel = images.stream()
                        .map(image -> CompletableFuture.supplyAsync(
                                () -> detector.detect(image).scoreMap(), threads))
                        .toList();

                assertThat(parallel.stream().map(CompletableFuture::join).toList())
                        .isEqualTo(serial);
            } finally {
                threads.shutdown();
            }
        }
    }

    private static BufferedImage withSpot(int width, int height) {
        BufferedImage image = sky(width, height);
        image.getRaster().setSample(width / 2, height / 3, 0, 240);
        return image;
    }

    private static BufferedImage sky(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, SKY + (x * 7 + y * 13) % 3);
            }
        }
        return image;
    }
}
