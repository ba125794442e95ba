package dev.irstd;

import dev.irstd.Geometry.Sampling;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ResizingDetectorTest {
    @Test
    void scoresComeBackToTheImageByHand() {
        // To two pixels with the weights 3, 3, 1 of 7: grey 255 / 7 and 255 * 6 / 7. Back with 1/4 and 3/4.
        try (Detector detector = IrstdDetector.load(identity(2, 1, Sampling.ANTIALIASED))) {
            assertThat(detector.detect(Frames.grey8(4, 1, 0, 0, 255, 255))
                            .scoreMap()
                            .toArray())
                    .containsExactly(new float[] {1 / 7f, 9 / 28f, 19 / 28f, 6 / 7f}, within(1e-6f));
        }
    }

    @Test
    void probabilitiesAreResizedAndNotLogits() {
        // Logits -10 and 10; a quarter of the way between them lies 0.25, and not the probability of -5, 0.007.
        Model model = TinyNetwork.ofChannels(1)
                .then("Mul", 20)
                .then("Sub", 10)
                .model(TestManifests.withActivation(resizing(2, 1, Sampling.BILINEAR), Activation.LOGITS));
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.grey8(4, 1, 0, 0, 255, 255))
                            .scoreMap()
                            .get(1, 0))
                    .isCloseTo(0.25f, within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesOfTheNetworksSizePassUnchanged(Sampling sampling) {
        InfraredImage image = Frames.noise(40, 24, 1);
        try (Detector resizing = IrstdDetector.load(identity(40, 24, sampling));
                Detector plain = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(resizing.detect(image).scoreMap())
                    .isEqualTo(plain.detect(image).scoreMap());
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "384, 640", "100, 70", "17, 300", "1, 1"})
    void targetsAreInTheImagesOwnPixels(int width, int height) {
        // The bottom right half of each side is bright.
        int[] samples = new int[width * height];
        for (int y = height / 2; y < height; y++) {
            for (int x = width / 2; x < width; x++) {
                samples[y * width + x] = 255;
            }
        }
        try (Detector detector = IrstdDetector.load(identity(256, 256, Sampling.ANTIALIASED))) {
            Detection found = detector.detect(Frames.grey8(width, height, samples));

            assertThat(found.width()).isEqualTo(width);
            assertThat(found.height()).isEqualTo(height);
            assertThat(found.targets()).hasSize(1);
            assertThat(found.targets().get(0).x()).isCloseTo((width / 2 + width - 1) / 2., within(0.5));
            assertThat(found.targets().get(0).y()).isCloseTo((height / 2 + height - 1) / 2., within(0.5));
        }
    }

    @Test
    void keepsAllSixteenBits() {
        // Both are 100 when cut to 8 bits.
        try (Detector detector = IrstdDetector.load(identity(8, 8, Sampling.ANTIALIASED))) {
            for (int sample : new int[] {0x6400, 0x6401}) {
                int[] samples = IntStream.generate(() -> sample).limit(20 * 12).toArray();
                for (float score : detector.detect(Frames.grey16(20, 12, samples))
                        .scoreMap()
                        .toArray()) {
                    assertThat(score).isEqualTo(sample * 255f / 65535 / 255);
                }
            }
        }
    }

    @Test
    void eightBitsAndTheirSixteenBitCopyGiveTheSameScores() {
        int[] grey8 = IntStream.range(0, 256).toArray();
        int[] grey16 = IntStream.range(0, 256).map(g -> g * 257).toArray();
        try (Detector detector = IrstdDetector.load(identity(9, 5, Sampling.ANTIALIASED))) {
            assertThat(detector.detect(Frames.grey16(16, 16, grey16)).scoreMap())
                    .isEqualTo(detector.detect(Frames.grey8(16, 16, grey8)).scoreMap());
        }
    }

    @Test
    void scalesBeforeItResizes() {
        // Per image, 10 becomes 0 and 20 becomes 255; their mean is then 127.5.
        try (Detector detector = IrstdDetector.builder()
                .model(identity(1, 1, Sampling.ANTIALIASED))
                .inputRange(InputRange.perImage())
                .build()) {
            assertThat(detector.detect(Frames.grey8(2, 1, 10, 20)).scoreMap().toArray())
                    .containsExactly(0.5f, 0.5f);
        }
    }

    @Test
    void eightThreadsGetTheResultsOfSerialUseBitForBit() throws Exception {
        Model model = TinyNetwork.ofChannels(1)
                .thenRandomConvolution(1, 4, 3, new Random(1))
                .thenRandomConvolution(4, 1, 3, new Random(2))
                .then("Sigmoid")
                .model(resizing(48, 32, Sampling.ANTIALIASED));
        List<InfraredImage> images = IntStream.range(0, 24)
                .mapToObj(i -> Frames.noise(40 + 7 * (i % 5), 30 + 11 * (i % 3), i))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Detector detector = IrstdDetector.load(model)) {
            List<ScoreMap> serial = scoreMaps(detector, images);
            assertThat(serial).doesNotHaveDuplicates();

            Callable<List<ScoreMap>> task = () -> scoreMaps(detector, images);
            List<Callable<List<ScoreMap>>> tasks =
                    IntStream.range(0, 8).mapToObj(thread -> task).collect(Collectors.toList());
            for (Future<List<ScoreMap>> parallel : pool.invokeAll(tasks)) {
                assertThat(parallel.get()).isEqualTo(serial);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void notANumberIsAnErrorThatNamesTheNetworksOwnPixel() {
        // 0 / 0 at (1, 0) of 3 x 1
        Model model = TinyNetwork.ofChannels(1).thenWithItself("Div").model(resizing(3, 1, Sampling.BILINEAR));
        try (Detector detector = IrstdDetector.load(model)) {
            InfraredImage image = Frames.grey8(9, 1, 255, 255, 255, 0, 0, 0, 255, 255, 255);

            assertThatThrownBy(() -> detector.detect(image))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("NaN at (1, 0) of a score map of 3x1");
        }
    }

    private static List<ScoreMap> scoreMaps(Detector detector, List<InfraredImage> images) {
        return images.stream().map(image -> detector.detect(image).scoreMap()).toList();
    }

    private static Model identity(int width, int height, Sampling sampling) {
        return TinyNetwork.ofChannels(1).then("Identity").model(resizing(width, height, sampling));
    }

    private static ModelManifest resizing(int width, int height, Sampling sampling) {
        return TestManifests.withGeometry(TinyNetwork.GREY_IS_SCORE, new Geometry.Resize(width, height, sampling));
    }
}
