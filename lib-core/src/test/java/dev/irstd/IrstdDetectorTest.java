package dev.irstd;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class IrstdDetectorTest {
    @Test
    void describesATargetByCentroidAreaBoxAndScores() {
        // An L of grey 155, 205, 255: x = (2 + 2 + 3) / 3, y = (1 + 2 + 2) / 3.
        Detection found = detect(Frames.of(
                "......", //
                "..5...", "..79..", "......"));

        assertThat(found.targets()).hasSize(1);
        Target target = found.targets().get(0);
        assertThat(target.x()).isCloseTo(7 / 3., within(1e-12));
        assertThat(target.y()).isCloseTo(5 / 3., within(1e-12));
        assertThat(target.area()).isEqualTo(3);
        assertThat(target.box()).isEqualTo(new Box(2, 1, 2, 2));
        assertThat(target.score()).isEqualTo(1f);
        assertThat(target.meanScore()).isCloseTo((155 + 205 + 255) / 3f / 255, within(1e-6f));
    }

    @Test
    void countsDiagonalNeighboursAsOneTarget() {
        Detection found = detect(Frames.of(
                "9...", //
                ".9..", "...9"));

        assertThat(found.targets()).extracting(Target::area).containsExactly(2, 1);
    }

    @Test
    void listsTargetsInRasterOrder() {
        Detection found = detect(Frames.of(
                "....9", //
                "9....", "..9.9"));

        assertThat(found.targets())
                .extracting(Target::x, Target::y)
                .containsExactly(tuple(4., 0.), tuple(0., 1.), tuple(2., 2.), tuple(4., 2.));
    }

    @Test
    void detectsTargetsAtAllImageCorners() {
        Detection found = detect(Frames.of(
                "9...9", //
                ".....", "9...9"));

        assertThat(found.targets())
                .extracting(Target::box)
                .containsExactly(new Box(0, 0, 1, 1), new Box(4, 0, 1, 1), new Box(0, 2, 1, 1), new Box(4, 2, 1, 1));
    }

    @Test
    void maskHoldsScoresStrictlyAboveTheThreshold() {
        // The middle score is exactly the threshold.
        try (IrstdDetector detector = IrstdDetector.builder()
                .model(TinyNetwork.identity())
                .threshold(102 / 255f)
                .build()) {
            Detection found = detector.detect(Frames.grey8(3, 1, 101, 102, 103));

            assertThat(detector.threshold()).isEqualTo(102 / 255f);
            assertThat(found.mask()).isEqualTo(Mask.of(3, 1, new boolean[] {false, false, true}));
        }
    }

    @Test
    void usesTheThresholdOfTheManifest() {
        ModelManifest manifest = TestManifests.withThreshold(TinyNetwork.GREY_IS_SCORE, 0.25f);
        try (IrstdDetector detector =
                IrstdDetector.load(TinyNetwork.ofChannels(1).then("Identity").model(manifest))) {
            Detection found = detector.detect(Frames.grey8(2, 1, 60, 70));

            assertThat(detector.threshold()).isEqualTo(0.25f);
            assertThat(found.mask()).isEqualTo(Mask.of(2, 1, new boolean[] {false, true}));
        }
    }

    @Test
    void scoreIsTheSigmoidOfLogits() {
        // logit = grey / 255 * 10 - 5, so that grey 0, 51, 255 give -5, -3, 5
        ModelManifest manifest = TestManifests.withActivation(TinyNetwork.GREY_IS_SCORE, Activation.LOGITS);
        Model model = TinyNetwork.ofChannels(1).then("Mul", 10).then("Sub", 5).model(manifest);
        try (Detector detector = IrstdDetector.load(model)) {
            ScoreMap scores = detector.detect(Frames.grey8(3, 1, 0, 51, 255)).scoreMap();

            assertThat(scores.get(0, 0)).isCloseTo(0.0066928509f, within(1e-7f));
            assertThat(scores.get(1, 0)).isCloseTo(0.0474258732f, within(1e-7f));
            assertThat(scores.get(2, 0)).isCloseTo(0.9933071491f, within(1e-7f));
        }
    }

    @Test
    void extremeLogitsSaturate() {
        ModelManifest manifest = TestManifests.withActivation(TinyNetwork.GREY_IS_SCORE, Activation.LOGITS);
        Model model =
                TinyNetwork.ofChannels(1).then("Sub", 0.5f).then("Mul", 1e30f).model(manifest);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.grey8(2, 1, 0, 255)).scoreMap().toArray())
                    .containsExactly(0, 1);
        }
    }

    @Test
    void minusZeroIsScoreZero() {
        Model model = TinyNetwork.ofChannels(1).then("Neg").model(TinyNetwork.GREY_IS_SCORE);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.grey8(1, 1, 0)).scoreMap()).isEqualTo(ScoreMap.of(1, 1, new float[] {0}));
        }
    }

    @Test
    void agreesWithTheNetworksOwnSigmoid() {
        Model probability = TinyNetwork.ofChannels(1)
                .then("Mul", 8)
                .then("Sub", 4)
                .then("Sigmoid")
                .model(TinyNetwork.GREY_IS_SCORE);
        Model logits = TinyNetwork.ofChannels(1)
                .then("Mul", 8)
                .then("Sub", 4)
                .model(TestManifests.withActivation(TinyNetwork.GREY_IS_SCORE, Activation.LOGITS));
        InfraredImage image = Frames.noise(33, 9, 1);
        try (Detector inside = IrstdDetector.load(probability);
                Detector outside = IrstdDetector.load(logits)) {
            assertThat(outside.detect(image).scoreMap().toArray())
                    .containsExactly(inside.detect(image).scoreMap().toArray(), within(1e-6f));
        }
    }

    @Test
    void replicatesGreyIntoThreeChannelsEachWithItsNormalization() {
        // grey 100 becomes (100 - 10) / 1, (100 - 20) / 2, (100 - 40) / 4 = 90, 40, 15;
        // weighted by 1, 2, 4 and divided by 1000: 0.23
        ModelManifest manifest = new ModelManifest(
                "three",
                3,
                new Normalization(List.of(10f, 20f, 40f), List.of(1f, 2f, 4f)),
                new Geometry.PadToMultiple(1),
                Activation.PROBABILITY,
                0.5f,
                Provenance.unknown());
        Model model = TinyNetwork.ofChannels(3)
                .thenConvolution(3, 1, 1, 1, 2, 4)
                .then("Div", 1000)
                .model(manifest);
        try (Detector detector = IrstdDetector.load(model)) {
            ScoreMap scores = detector.detect(Frames.grey8(2, 1, 100, 255)).scoreMap();

            assertThat(scores.get(0, 0)).isCloseTo(0.23f, within(1e-6f));
            // 245 + 2 * 117.5 + 4 * 53.75 = 695
            assertThat(scores.get(1, 0)).isCloseTo(0.695f, within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "15, 17", "17, 15", "16, 16", "64, 3"})
    void returnsTheImagesSizeAndValuesWhateverThePadding(int width, int height) {
        InfraredImage image = Frames.noise(width, height, 7);
        try (Detector padding = IrstdDetector.load(needingEight(TinyNetwork.GREY_IS_SCORE));
                Detector plain = IrstdDetector.load(TinyNetwork.identity())) {
            Detection found = padding.detect(image);

            assertThat(found.width()).isEqualTo(width);
            assertThat(found.height()).isEqualTo(height);
            assertThat(found.scoreMap()).isEqualTo(plain.detect(image).scoreMap());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 17})
    void paddingNeverInventsATarget(int size) {
        // Score = 1 - grey / 255: the zeros of the padding score 1, the image's white 0.
        Model model = TinyNetwork.ofChannels(1)
                .needingMultipleOf(8)
                .then("Neg")
                .then("Add", 1)
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 8));
        int[] white = new int[size * size];
        Arrays.fill(white, 255);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.grey8(size, size, white)).targets())
                    .isEmpty();
        }
    }

    @Test
    void paddingDoesNotEnlargeATargetInTheCorner() {
        Model model = TinyNetwork.ofChannels(1)
                .needingMultipleOf(8)
                .then("Neg")
                .then("Add", 1)
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 8));
        try (Detector detector = IrstdDetector.load(model)) {
            List<Target> targets =
                    detector.detect(Frames.grey8(2, 2, 255, 255, 255, 0)).targets();

            assertThat(targets).containsExactly(new Target(1, 1, 1, new Box(1, 1, 1, 1), 1, 1));
        }
    }

    @Test
    void padsWithZerosAfterTheNormalization() {
        // (1 - 5) + its right neighbour in the padding + 4 is 0 if that is 0, and -5 if it was normalized too.
        ModelManifest manifest = new ModelManifest(
                "sum",
                1,
                Normalization.of(5, 1),
                new Geometry.PadToMultiple(2),
                Activation.LOGITS,
                0.5f,
                Provenance.unknown());
        Model model = TinyNetwork.ofChannels(1)
                .thenConvolution(1, 1, 3, 0, 0, 0, 0, 1, 1, 0, 0, 0)
                .then("Add", 4)
                .model(manifest);
        try (Detector detector = IrstdDetector.load(model)) {
            assertThat(detector.detect(Frames.grey8(1, 1, 1)).scoreMap().get(0, 0))
                    .isEqualTo(0.5f);
        }
    }

    @Test
    void reusedBuffersCarryNothingOverFromALargerImage() {
        Model model = TinyNetwork.ofChannels(1)
                .thenConvolution(1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1)
                .then("Div", 9)
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 8));
        int[] white = new int[16 * 16];
        Arrays.fill(white, 255);
        InfraredImage small = Frames.noise(5, 3, 2);
        try (Detector used = IrstdDetector.load(model);
                Detector fresh = IrstdDetector.load(model)) {
            used.detect(Frames.grey8(16, 16, white));

            assertThat(used.detect(small).scoreMap())
                    .isEqualTo(fresh.detect(small).scoreMap());
        }
    }

    @Test
    void detectsInAnImageOf4096() {
        int size = 4096;
        byte[] samples = new byte[size * size];
        samples[size * size - 1] = (byte) 255;
        samples[size - 1] = (byte) 255;
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            Detection found = detector.detect(InfraredImage.grey8(size, size, samples, 0, size));

            assertThat(found.targets())
                    .containsExactly(
                            new Target(4095, 0, 1, new Box(4095, 0, 1, 1), 1, 1),
                            new Target(4095, 4095, 1, new Box(4095, 4095, 1, 1), 1, 1));
        }
    }

    @Test
    void refusesInputsBeyondABuffer() {
        // Padded to 32768 x 16384: a float too many.
        ModelManifest manifest = TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 1 << 14);
        try (Detector detector =
                IrstdDetector.load(TinyNetwork.ofChannels(1).then("Identity").model(manifest))) {
            assertThatThrownBy(() -> detector.detect(Frames.noise(16385, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16385x1")
                    .hasMessageContaining("1x16384x32768")
                    .hasMessageContaining("536870911")
                    .hasMessageContaining("tiles");
        }
    }

    @Test
    void keepsAllSixteenBits() {
        // Both are 100 when cut to 8 bits.
        InfraredImage darker = Frames.grey16(1, 1, 0x6400);
        InfraredImage brighter = Frames.grey16(1, 1, 0x6401);
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            float low = detector.detect(darker).scoreMap().get(0, 0);
            float high = detector.detect(brighter).scoreMap().get(0, 0);

            assertThat(low).isCloseTo(0x6400 / 65535f, within(1e-7f));
            assertThat(high).isCloseTo(0x6401 / 65535f, within(1e-7f));
            assertThat(high).isGreaterThan(low);
        }
    }

    @Test
    void eightBitsAndTheirSixteenBitCopyGiveTheSameScores() {
        int[] grey8 = IntStream.range(0, 256).toArray();
        int[] grey16 = IntStream.range(0, 256).map(g -> g * 257).toArray();
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(detector.detect(Frames.grey16(256, 1, grey16)).scoreMap())
                    .isEqualTo(detector.detect(Frames.grey8(256, 1, grey8)).scoreMap());
        }
    }

    @Test
    void detectsInBufferedImagesOfSixteenBits() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x6401);
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(detector.detect(image).scoreMap())
                    .isEqualTo(detector.detect(Frames.grey16(2, 1, 0x6401, 0)).scoreMap());
        }
    }

    @Test
    void detectAllGivesTheDetectionsInOrder() {
        List<InfraredImage> images = List.of(Frames.noise(5, 4, 1), Frames.noise(3, 9, 2), Frames.noise(5, 4, 3));
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(detector.detectAll(images))
                    .extracting(Detection::scoreMap)
                    .containsExactlyElementsOf(images.stream()
                            .map(image -> detector.detect(image).scoreMap())
                            .toList());
            assertThat(detector.detectAll(List.of())).isEmpty();
        }
    }

    @Test
    void namesTheNullParameter() {
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            assertThatThrownBy(() -> detector.detect((InfraredImage) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("image");
            assertThatThrownBy(() -> detector.detect((BufferedImage) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("image");
            assertThatThrownBy(() -> detector.detectAll(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("images");
        }
    }

    private static Detection detect(InfraredImage image) {
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            return detector.detect(image);
        }
    }

    private static Model needingEight(ModelManifest manifest) {
        return TinyNetwork.ofChannels(1).needingMultipleOf(8).model(TestManifests.withMultiple(manifest, 8));
    }
}
