package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class PatchCutterTest {
    private static final int SEEDS = 200;

    @Test
    void cutsTheSamePatchForTheSamePlaceInARun() {
        Sample sample = sample(300, 280, i -> i * 7 % 251, i -> i % 300 == 150 && i / 300 == 140);
        PatchCutter cutter = new PatchCutter(256, 101, 34, Augmentation.strong());

        Patch patch = cutter.cut(sample, 42, 3, 7);

        assertThat(cutter.cut(sample, 42, 3, 7).image()).containsExactly(patch.image());
        assertThat(cutter.cut(sample, 42, 3, 7).mask()).containsExactly(patch.mask());
        assertThat(cutter.cut(sample, 43, 3, 7).image()).isNotEqualTo(patch.image());
        assertThat(cutter.cut(sample, 42, 4, 7).image()).isNotEqualTo(patch.image());
        assertThat(cutter.cut(sample, 42, 3, 8).image()).isNotEqualTo(patch.image());
        assertThat(cutter.cut(sample, 42, 7, 3).image()).isNotEqualTo(patch.image());
    }

    @Test
    void normalises() {
        Sample sample = sample(2, 2, i -> 10 * (i + 1), i -> i == 3);

        Patch patch = new PatchCutter(2, 20, 5, Augmentation.none()).cut(sample, 1, 0, 0);

        // Grey 10 20 / 30 40, less 20, by 5.
        assertThat(patch.image()).containsExactly(-2, 0, 2, 4);
        assertThat(patch.mask()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void turnsMaskAndImageTogetherInAllEightWays() {
        Sample sample = sample(5, 5, i -> i == 1 ? 255 : 0, i -> i == 1);
        PatchCutter cutter = new PatchCutter(5, 0, 255, Augmentation.none().withFlips(0.5));
        Set<Integer> places = new HashSet<>();

        for (int index = 0; index < SEEDS; index++) {
            Patch patch = cutter.cut(sample, 1, 0, index);
            assertThat(patch.image()).containsExactly(patch.mask());
            places.add(only(patch.mask()));
        }

        // (1, 0) and its images under the symmetries of a square of 5.
        assertThat(places).containsExactlyInAnyOrder(1, 3, 5, 9, 15, 19, 21, 23);
    }

    @Test
    void continuesSmallImagesAndTheirMasksByMirrors() {
        Sample sample = sample(2, 2, i -> i + 1, i -> i == 2);

        Patch patch = new PatchCutter(5, 0, 1, Augmentation.none()).cut(sample, 1, 0, 0);

        assertThat(patch.image())
                .containsExactly(1, 2, 2, 1, 1, 3, 4, 4, 3, 3, 3, 4, 4, 3, 3, 1, 2, 2, 1, 1, 1, 2, 2, 1, 1);
        for (int i = 0; i < 25; i++) {
            assertThat(patch.mask()[i]).isEqualTo(patch.image()[i] == 3 ? 1 : 0);
        }
    }

    @Test
    void turnsTheMirrorsWithTheImage() {
        Sample sample = sample(3, 1, i -> i, i -> false);
        PatchCutter cutter = new PatchCutter(3, 0, 1, Augmentation.none().withFlips(1));

        // All three: rows of 0 1 2, then of 2 1 0, then columns of it.
        assertThat(cutter.cut(sample, 1, 0, 0).image()).containsExactly(2, 2, 2, 1, 1, 1, 0, 0, 0);
    }

    @Test
    void scalesBetweenPixelCentres() {
        Sample sample = sample(2, 1, i -> 100 * i, i -> false);
        PatchCutter cutter = new PatchCutter(4, 0, 1, Augmentation.none().withScale(2, 2));

        // Centres at -0.25, 0.25, 0.75 and 1.25 of the source, cut off at 0 and 1.
        assertThat(cutter.cut(sample, 1, 0, 0).image()).containsExactly(rowsOf(0, 25, 75, 100));
    }

    private static float[] rowsOf(float a, float b, float c, float d) {
        return new float[] {a, b, c, d, a, b, c, d, a, b, c, d, a, b, c, d};
    }

    @Property(tries = 200)
    void setsTheMaskWhereTheScaledTargetCoversHalfAPixel(
            @ForAll @DoubleRange(min = 0.5, max = 2) double scale, @ForAll long seed) {
        // The image is its own mask, so that a scaled grey value is the coverage.
        IntPredicate target = i -> (i % 40 >= 7 && i % 40 < 11 && i / 40 >= 20 && i / 40 < 25) || i % 40 == 39;
        Sample sample = sample(40, 32, i -> target.test(i) ? 200 : 0, target);
        Augmentation augmentation = Augmentation.plain().withScale(scale, scale);

        Patch patch = new PatchCutter(48, 0, 200, augmentation).cut(sample, seed, 0, 0);

        for (int i = 0; i < patch.mask().length; i++) {
            float coverage = patch.image()[i];
            if (Math.abs(coverage - 0.5) > 1e-5) {
                assertThat(patch.mask()[i]).isEqualTo(coverage > 0.5 ? 1 : 0);
            }
        }
    }

    @Test
    void keepsTheSizeWhenATargetWouldVanish() {
        Sample sample = sample(4, 4, i -> i, i -> i == 5);
        PatchCutter halving = new PatchCutter(4, 0, 1, Augmentation.none().withScale(0.5, 0.5));
        PatchCutter plain = new PatchCutter(4, 0, 1, Augmentation.none());

        // Pixel (1, 1) would cover a quarter of pixel (0, 0).
        assertThat(halving.cut(sample, 1, 0, 0).image())
                .containsExactly(plain.cut(sample, 1, 0, 0).image());
        assertThat(halving.cut(sample, 1, 0, 0).mask()[5]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.7, 1.4"})
    void placesTheWholeTargetInTheCropWhenAsked(double minScale, double maxScale) {
        Sample sample = sample(200, 150, i -> 0, i -> i % 200 >= 191 && i / 200 < 4);
        Augmentation onTargets = Augmentation.none().withTargets(1).withScale(minScale, maxScale);
        PatchCutter cutter = new PatchCutter(32, 0, 1, onTargets);

        for (int index = 0; index < SEEDS; index++) {
            // 9x4 pixels, and at least half of it when scaled by 0.7 each way.
            int area = count(cutter.cut(sample, 1, 0, index).mask());
            assertThat(area).isGreaterThanOrEqualTo(minScale == 1 ? 36 : 6 * 2);
        }
    }

    @Test
    void choosesAmongAllTargets() {
        Sample sample = sample(240, 20, i -> 0, i -> i / 240 == 10 && i % 60 == 20);
        PatchCutter cutter = new PatchCutter(20, 0, 1, Augmentation.none().withTargets(1));
        int[] hits = new int[4];

        InfraredImage columns = InfraredImage.of(columnNumbers(240, 20));
        Sample numbered = new Sample("columns", columns, sample.mask());
        for (int index = 0; index < SEEDS; index++) {
            Patch patch = cutter.cut(numbered, 1, 0, index);
            assertThat(count(patch.mask())).isEqualTo(1);
            hits[Math.round(patch.image()[only(patch.mask())]) / 60]++;
        }

        assertThat(hits).doesNotContain(0);
    }

    @Test
    void cropsAnywhereWhenNotAsked() {
        Sample sample = sample(200, 200, i -> 0, i -> i == 100 * 200 + 100);
        PatchCutter cutter = new PatchCutter(100, 0, 1, Augmentation.none());
        int hits = 0;

        for (int index = 0; index < 1000; index++) {
            hits += count(cutter.cut(sample, 1, 0, index).mask());
        }

        // 100 of the 101 starts each way hold the centre pixel.
        assertThat(hits).isBetween(950, 995);
    }

    @Test
    void cropsImagesWithoutTargetsToo() {
        Sample sample = sample(50, 40, i -> 7, i -> false);

        Patch patch = new PatchCutter(32, 0, 7, Augmentation.none().withTargets(1)).cut(sample, 1, 0, 0);

        assertThat(patch.image()).containsOnly(1);
        assertThat(patch.mask()).containsOnly(0);
    }

    @Test
    void cropsWithinATargetLargerThanThePatch() {
        Sample sample = sample(50, 50, i -> 7, i -> i % 50 >= 20 && i / 50 >= 20);
        PatchCutter cutter = new PatchCutter(8, 0, 7, Augmentation.none().withTargets(1));

        for (int index = 0; index < SEEDS; index++) {
            assertThat(cutter.cut(sample, 1, 0, index).mask()).containsOnly(1);
        }
    }

    @Test
    void reachesBothEndsOfTheImage() {
        Sample sample = new Sample("columns", InfraredImage.of(columnNumbers(6, 1)), mask(6, 1, i -> false));
        PatchCutter cutter = new PatchCutter(2, 0, 1, Augmentation.none());
        Set<Float> starts = new HashSet<>();

        for (int index = 0; index < SEEDS; index++) {
            starts.add(cutter.cut(sample, 1, 0, index).image()[0]);
        }

        assertThat(starts).containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f);
    }

    @Test
    void spreadsGreyValuesAboutTheirMean() {
        Sample sample = sample(2, 1, i -> 90 + 20 * i, i -> false);
        PatchCutter cutter = new PatchCutter(2, 0, 1, Augmentation.none().withContrast(2, 2));

        assertThat(cutter.cut(sample, 1, 0, 0).image()).containsExactly(80, 120, 80, 120);
    }

    @Test
    void shiftsAllGreyValuesAlike() {
        Sample sample = sample(2, 1, i -> 90 + 20 * i, i -> false);
        PatchCutter cutter = new PatchCutter(2, 0, 1, Augmentation.none().withOffset(20));
        float lowest = 0;
        float highest = 0;

        for (int index = 0; index < SEEDS; index++) {
            float[] image = cutter.cut(sample, 1, 0, index).image();
            assertThat(image[1] - image[0]).isEqualTo(20, within(1e-4f));
            lowest = Math.min(lowest, image[0] - 90);
            highest = Math.max(highest, image[0] - 90);
        }

        assertThat(lowest).isBetween(-20f, -17f);
        assertThat(highest).isBetween(17f, 20f);
    }

    @Test
    void exchangesBrightAndDark() {
        Sample sample = sample(3, 1, i -> 100 * i, i -> false);
        PatchCutter cutter = new PatchCutter(3, 0, 1, Augmentation.none().withInversion(1));

        assertThat(cutter.cut(sample, 1, 0, 0).image()).startsWith(255, 155, 55);
    }

    @Test
    void addsNoiseOfAtMostTheStatedDeviation() {
        Sample sample = sample(64, 64, i -> 100, i -> false);
        PatchCutter cutter = new PatchCutter(64, 100, 1, Augmentation.none().withNoise(0.5, 5));
        int quiet = 0;
        double loudest = 0;

        for (int index = 0; index < SEEDS; index++) {
            double squares = 0;
            for (float value : cutter.cut(sample, 1, 0, index).image()) {
                squares += value * value;
            }
            double deviation = Math.sqrt(squares / 4096);
            quiet += deviation == 0 ? 1 : 0;
            loudest = Math.max(loudest, deviation);
        }

        assertThat(quiet).isBetween(75, 125);
        assertThat(loudest).isBetween(4.5, 5.3);
    }

    @Test
    void exchangesBrightAndDarkOfTheBackgroundAlone() {
        // A ramp from left to right with a target 50 levels above it.
        IntPredicate target = i -> i % 40 / 2 == 10 && i / 40 / 2 == 10;
        Sample sample = sample(40, 40, i -> 60 + i % 40 + (target.test(i) ? 50 : 0), target);
        PatchCutter plain = new PatchCutter(40, 0, 1, Augmentation.none());
        PatchCutter inverting = new PatchCutter(40, 0, 1, Augmentation.none().withBackgroundInversion(1));

        float[] before = plain.cut(sample, 1, 0, 0).image();
        float[] after = inverting.cut(sample, 1, 0, 0).image();

        for (int x = 1; x < 40; x++) {
            assertThat(after[x] - after[x - 1]).as("falls where it rose").isEqualTo(-1, within(1e-3f));
        }
        for (int y = 20; y < 22; y++) {
            for (int x = 20; x < 22; x++) {
                float beside = after[5 * 40 + x];
                assertThat(after[y * 40 + x] - beside).isEqualTo(50, within(5f));
            }
        }
        assertThat(mean(after)).isEqualTo(mean(before), within(1f));
    }

    @Test
    void invertsTheBackgroundOfNothingButTargets() {
        Sample sample = sample(4, 4, i -> 10 * i, i -> true);
        PatchCutter cutter = new PatchCutter(4, 0, 1, Augmentation.none().withBackgroundInversion(1));

        assertThat(cutter.cut(sample, 1, 0, 0).image()).startsWith(150, 140, 130, 120);
    }

    @Test
    void blursWithoutChangingTheSumOfASpot() {
        Sample sample = sample(41, 41, i -> i == 20 * 41 + 20 ? 250 : 0, i -> false);
        PatchCutter cutter = new PatchCutter(41, 0, 1, Augmentation.none().withBlur(1, 2));
        float lowest = 250;

        for (int index = 0; index < SEEDS; index++) {
            float[] image = cutter.cut(sample, 1, 0, index).image();
            assertThat(41 * 41 * mean(image)).isEqualTo(250, within(0.1f));
            assertThat(image[20 * 41 + 21]).isEqualTo(image[21 * 41 + 20], within(1e-3f));
            lowest = Math.min(lowest, image[20 * 41 + 20]);
        }

        // 250 / (2 pi sigma squared) at the largest sigma, 2.
        assertThat(lowest).isBetween(9.8f, 11.5f);
    }

    @Test
    void blurLeavesAnEvenImageEvenUpToItsEdges() {
        Sample sample = sample(9, 5, i -> 100, i -> false);
        PatchCutter cutter = new PatchCutter(5, 100, 1, Augmentation.none().withBlur(1, 4));

        for (float value : cutter.cut(sample, 1, 0, 0).image()) {
            assertThat(value).isEqualTo(0, within(1e-3f));
        }
    }

    @Test
    void sticksPixelsAtAnyLevel() {
        Sample sample = sample(100, 100, i -> 100, i -> false);
        PatchCutter cutter = new PatchCutter(100, 100, 1, Augmentation.none().withDeadPixels(0.5, 0.01));
        int spared = 0;
        int most = 0;

        for (int index = 0; index < SEEDS; index++) {
            float[] image = cutter.cut(sample, 1, 0, index).image();
            int stuck = 0;
            for (float value : image) {
                stuck += value == 0 ? 0 : 1;
                assertThat(value).isBetween(-100f, 155f);
            }
            spared += stuck == 0 ? 1 : 0;
            most = Math.max(most, stuck);
        }

        assertThat(spared).isBetween(75, 125);
        assertThat(most).isBetween(85, 100);
    }

    @Test
    void takes16BitSamplesOnTheScaleOf8Bits() {
        short[] samples = {0, 257 * 100, (short) 65535, 257 * 10 + 128};
        Sample sample = new Sample("wide", InfraredImage.grey16(2, 2, samples, 0, 2), mask(2, 2, i -> false));

        float[] image = new PatchCutter(2, 0, 1, Augmentation.none())
                .cut(sample, 1, 0, 0)
                .image();

        assertThat(image[0]).isZero();
        assertThat(image[1]).isEqualTo(100, within(1e-4f));
        assertThat(image[2]).isEqualTo(255, within(1e-4f));
        assertThat(image[3]).isEqualTo(10.498054f, within(1e-4f));
    }

    @Property(tries = 500)
    void cutsImagesOfEverySize(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 48) int size,
            @ForAll @IntRange(min = 0, max = 50) int percent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Sample sample = sample(width, height, i -> random.nextInt(256), i -> random.nextInt(100) < percent);
        Augmentation wild = Augmentation.strong()
                .withScale(0.2, 4)
                .withInversion(0.5)
                .withBackgroundInversion(0.5)
                .withBlur(0.5, 4);

        Patch patch = new PatchCutter(size, 101, 34, wild).cut(sample, random);

        assertThat(patch.image()).hasSize(size * size);
        assertThat(patch.mask()).hasSize(size * size).containsOnly(onlyZerosAndOnes(patch.mask()));
        for (float value : patch.image()) {
            // Inverting the background alone takes a level at most 510 off its range, twice over.
            assertThat(Math.abs(value)).isLessThan(60);
        }
    }

    private static float mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) (sum / values.length);
    }

    private static float[] onlyZerosAndOnes(float[] mask) {
        int ones = count(mask);
        return ones == 0 ? new float[] {0} : ones == mask.length ? new float[] {1} : new float[] {0, 1};
    }

    @Test
    void rejectsOptionsThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.none().withScale(1.4, 0.7))
                .withMessageContaining("scale from 1.4 to 0.7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.none().withFlips(1.5))
                .withMessageContaining("flipProbability 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.none().withOffset(Double.NaN))
                .withMessageContaining("maxOffset NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatchCutter(0, 0, 1, Augmentation.none()))
                .withMessageContaining("patch size 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatchCutter(256, 101, 0, Augmentation.none()))
                .withMessageContaining("std 0.0");
    }

    private static BufferedImage columnNumbers(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, 257 * x);
            }
        }
        return image;
    }

    private static Sample sample(int width, int height, IntUnaryOperator grey, IntPredicate target) {
        byte[] samples = new byte[width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) grey.applyAsInt(i);
        }
        return new Sample("made", InfraredImage.grey8(width, height, samples, 0, width), mask(width, height, target));
    }

    private static Mask mask(int width, int height, IntPredicate target) {
        boolean[] pixels = new boolean[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = target.test(i);
        }
        return Mask.of(width, height, pixels);
    }

    private static int count(float[] mask) {
        int count = 0;
        for (float value : mask) {
            count += value == 1 ? 1 : 0;
        }
        return count;
    }

    private static int only(float[] mask) {
        assertThat(count(mask)).isEqualTo(1);
        int place = 0;
        while (mask[place] != 1) {
            place++;
        }
        return place;
    }
}
