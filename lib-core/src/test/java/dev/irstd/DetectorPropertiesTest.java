package dev.irstd;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/** What holds for any image, on small networks that nothing but sizes of a multiple will do for. */
class DetectorPropertiesTest {
    private static final int MULTIPLE = 8;

    /**
     * Greys 0 to 255 as they are, weighted by 1/4, 1/8 and 1/16 around each pixel, divided by 256: symmetric, and in
     * floats without any rounding.
     */
    private static final Model SYMMETRIC = TinyNetwork.ofChannels(1)
            .needingMultipleOf(MULTIPLE)
            .thenConvolution(1, 1, 3, 1 / 16f, 1 / 8f, 1 / 16f, 1 / 8f, 1 / 4f, 1 / 8f, 1 / 16f, 1 / 8f, 1 / 16f)
            .then("Div", 256)
            .model(manifest(Normalization.of(0, 1), Activation.PROBABILITY, 0.3f));

    /** Random weights that are others at each place of a square of 4 x 4; black makes the logit 0. */
    private static final Model UNEVEN = TinyNetwork.ofChannels(1)
            .needingMultipleOf(MULTIPLE)
            .then("SpaceToDepth", TinyNetwork.integer("blocksize", 4))
            .thenRandomConvolution(16, 16, 3, new Random(1))
            .then("DepthToSpace", TinyNetwork.integer("blocksize", 4))
            .model(manifest(Normalization.of(0, 255), Activation.LOGITS, 0.5f));

    private static final IrstdDetector SYMMETRIC_DETECTOR = IrstdDetector.load(SYMMETRIC);
    private static final IrstdDetector UNEVEN_DETECTOR = IrstdDetector.load(UNEVEN);

    private static ModelManifest manifest(Normalization normalization, Activation activation, float threshold) {
        return new ModelManifest(
                "tiny",
                1,
                normalization,
                new Geometry.PadToMultiple(MULTIPLE),
                activation,
                threshold,
                Provenance.unknown());
    }

    @AfterContainer
    static void close() {
        SYMMETRIC_DETECTOR.close();
        UNEVEN_DETECTOR.close();
    }

    @Property(tries = 50)
    void aShiftByTheMultipleShiftsTheTargets(
            @ForAll("images") InfraredImage scene,
            @ForAll @IntRange(max = 3) int right,
            @ForAll @IntRange(max = 3) int down) {
        int size = 40 + 5 * MULTIPLE;
        InfraredImage before = onBlack(scene, size, MULTIPLE, MULTIPLE);
        InfraredImage after = onBlack(scene, size, (1 + right) * MULTIPLE, (1 + down) * MULTIPLE);

        List<Target> shifted = UNEVEN_DETECTOR.detect(before).targets().stream()
                .map(target -> shifted(target, right * MULTIPLE, down * MULTIPLE))
                .toList();

        assertSame(UNEVEN_DETECTOR.detect(after).targets(), shifted);
    }

    @Property(tries = 50)
    void paddingIsWhatBlackPixelsWouldBeAndInventsNothing(@ForAll("images") InfraredImage image) {
        InfraredImage padded = onBlack(image, 40, 0, 0);
        Detection found = UNEVEN_DETECTOR.detect(image);
        ScoreMap whole = UNEVEN_DETECTOR.detect(padded).scoreMap();

        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(found.scoreMap().get(x, y)).isCloseTo(whole.get(x, y), within(1e-5f));
            }
        }
    }

    @Property(tries = 50)
    void aMirroredImageHasMirroredScoresIfTheNetworkIsSymmetric(@ForAll("images") InfraredImage image) {
        ScoreMap scores = SYMMETRIC_DETECTOR.detect(image).scoreMap();
        ScoreMap mirrored = SYMMETRIC_DETECTOR.detect(mirrored(image)).scoreMap();
        ScoreMap upsideDown = SYMMETRIC_DETECTOR.detect(upsideDown(image)).scoreMap();
        ScoreMap transposed = SYMMETRIC_DETECTOR.detect(transposed(image)).scoreMap();

        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(mirrored.get(image.width() - 1 - x, y)).isEqualTo(scores.get(x, y));
                assertThat(upsideDown.get(x, image.height() - 1 - y)).isEqualTo(scores.get(x, y));
                assertThat(transposed.get(y, x)).isEqualTo(scores.get(x, y));
            }
        }
    }

    @Property(tries = 50)
    void aConstantAddedToAllSamplesIsAddedToTheInput(
            @ForAll("images") InfraredImage image, @ForAll @IntRange(max = 55) int constant) {
        ScoreMap scores = SYMMETRIC_DETECTOR.detect(image).scoreMap();
        ScoreMap brighter = SYMMETRIC_DETECTOR.detect(plus(image, constant)).scoreMap();

        // The weights add up to 1 where no neighbour is missing.
        for (int y = 1; y < image.height() - 1; y++) {
            for (int x = 1; x < image.width() - 1; x++) {
                assertThat(brighter.get(x, y)).isEqualTo(scores.get(x, y) + constant / 256f);
            }
        }
    }

    @Property(tries = 20)
    void aConstantAddedToSamplesAndRangeChangesNothing(
            @ForAll("images") InfraredImage image, @ForAll @IntRange(max = 55) int constant) {
        assertThat(scores(InputRange.perImage(), plus(image, constant)))
                .isEqualTo(scores(InputRange.perImage(), image));
        assertThat(scores(InputRange.between(20 + constant, 180 + constant), plus(image, constant)))
                .isEqualTo(scores(InputRange.between(20, 180), image));
    }

    @Property(tries = 20)
    void allAtOnceAreEachAlone(@ForAll @Size(max = 5) List<@From("images") InfraredImage> images) {
        List<Detection> alone = images.stream().map(UNEVEN_DETECTOR::detect).toList();
        List<Detection> together = UNEVEN_DETECTOR.detectAll(images);

        assertThat(together)
                .extracting(Detection::scoreMap)
                .containsExactlyElementsOf(
                        alone.stream().map(Detection::scoreMap).toList());
        assertThat(together)
                .extracting(Detection::targets)
                .containsExactlyElementsOf(
                        alone.stream().map(Detection::targets).toList());
    }

    @Property(tries = 50)
    void aHigherThresholdKeepsAPartOfTheMask(
            @ForAll("images") InfraredImage image,
            @ForAll @FloatRange(max = 1) float one,
            @ForAll @FloatRange(max = 1) float another) {
        ScoreMap scores = UNEVEN_DETECTOR.detect(image).scoreMap();
        Mask wide = scores.above(Math.min(one, another));
        Mask narrow = scores.above(Math.max(one, another));

        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                assertThat(!narrow.get(x, y) || wide.get(x, y)).isTrue();
            }
        }
    }

    @Property(tries = 50)
    void theTargetsAreTheMaskAndEachFillsItsBox(@ForAll("images") InfraredImage image) {
        Detection found = UNEVEN_DETECTOR.detect(image);

        assertThat(found.targets().stream().mapToInt(Target::area).sum())
                .isEqualTo(found.mask().area());
        for (Target target : found.targets()) {
            Box box = target.box();
            assertThat(target.area()).isBetween(Math.max(box.width(), box.height()), box.width() * box.height());
            assertThat(target.x()).isBetween((double) box.x(), box.x() + box.width() - 1.0);
            assertThat(target.y()).isBetween((double) box.y(), box.y() + box.height() - 1.0);
            assertThat(box.x()).isNotNegative();
            assertThat(box.y()).isNotNegative();
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(image.width());
            assertThat(box.y() + box.height()).isLessThanOrEqualTo(image.height());
            assertThat(target.meanScore()).isGreaterThan(0.5f).isLessThanOrEqualTo(target.score());
            assertThat(target.score()).isLessThanOrEqualTo(1);
        }
    }

    /** From 1 x 1 to 40 x 40, some grey, 0 to 200, some black. */
    @Provide
    Arbitrary<InfraredImage> images() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.longs())
                .as((width, height, percent, seed) -> {
                    Random random = new Random(seed);
                    int[] samples = IntStream.generate(() -> random.nextInt(100) < percent ? random.nextInt(201) : 0)
                            .limit((long) width * height)
                            .toArray();
                    return Frames.grey8(width, height, samples);
                });
    }

    private interface Pixel {
        int at(int x, int y);
    }

    private static InfraredImage image(int width, int height, Pixel pixel) {
        int[] samples = new int[width * height];
        Arrays.setAll(samples, i -> pixel.at(i % width, i / width));
        return Frames.grey8(width, height, samples);
    }

    private static InfraredImage onBlack(InfraredImage image, int size, int left, int top) {
        return image(size, size, (x, y) -> {
            boolean inside = x >= left && x < left + image.width() && y >= top && y < top + image.height();
            return inside ? image.sample(x - left, y - top) : 0;
        });
    }

    private static InfraredImage mirrored(InfraredImage image) {
        return image(image.width(), image.height(), (x, y) -> image.sample(image.width() - 1 - x, y));
    }

    private static InfraredImage upsideDown(InfraredImage image) {
        return image(image.width(), image.height(), (x, y) -> image.sample(x, image.height() - 1 - y));
    }

    private static InfraredImage transposed(InfraredImage image) {
        return image(image.height(), image.width(), (x, y) -> image.sample(y, x));
    }

    private static InfraredImage plus(InfraredImage image, int constant) {
        return image(image.width(), image.height(), (x, y) -> image.sample(x, y) + constant);
    }

    private static ScoreMap scores(InputRange range, InfraredImage image) {
        try (Detector detector =
                IrstdDetector.builder().model(SYMMETRIC).inputRange(range).build()) {
            return detector.detect(image).scoreMap();
        }
    }

    private static Target shifted(Target target, int right, int down) {
        Box box = target.box();
        return new Target(
                target.x() + right,
                target.y() + down,
                target.area(),
                new Box(box.x() + right, box.y() + down, box.width(), box.height()),
                target.score(),
                target.meanScore());
    }

    private static void assertSame(List<Target> actual, List<Target> expected) {
        assertThat(actual)
                .extracting(Target::area, Target::box, Target::score, Target::meanScore)
                .containsExactlyElementsOf(expected.stream()
                        .map(target -> tuple(target.area(), target.box(), target.score(), target.meanScore()))
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).x()).isCloseTo(expected.get(i).x(), within(1e-9));
            assertThat(actual.get(i).y()).isCloseTo(expected.get(i).y(), within(1e-9));
        }
    }
}
