package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Targets of other training images, as patches show them. */
class PastedTargetTest {
    private static final int SIDE = 40;
    private static final int SEEDS = 200;

    /** A target of 3x2 pixels, 60 levels above its even surroundings. */
    private static final Sample DONOR = sample(8, i -> isDonated(i) ? 110 : 50, PastedTargetTest::isDonated);

    private static boolean isDonated(int i) {
        return i % SIDE >= 20 && i % SIDE < 23 && i / SIDE >= 10 && i / SIDE < 12;
    }

    @Test
    void addsTheLightOfATargetOfAnotherImage() {
        Sample even = sample(8, i -> 100, i -> false);

        for (Patch patch : withTarget(patches(even, DONOR))) {
            for (int i = 0; i < patch.mask().length; i++) {
                assertThat(patch.image()[i]).isEqualTo(patch.mask()[i] == 1 ? 160 : 100);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void countsLevelsWhateverTheBits(int bits) {
        Sample even = sample(bits, i -> 100, i -> false);

        Sample donor = sample(24 - bits, i -> isDonated(i) ? 110 : 50, PastedTargetTest::isDonated);

        assertThat(patches(even, donor)).map(PastedTargetTest::levels).contains(Set.of(100, 160));
    }

    @Test
    void turnsTargetsAndPutsThemEverywhere() {
        Set<Integer> places = new HashSet<>();
        Set<Integer> widths = new HashSet<>();

        for (Patch patch : withTarget(patches(sample(8, i -> 100, i -> false), DONOR))) {
            int first = first(patch.mask());
            places.add(first / SIDE / 10 * 4 + first % SIDE / 10);
            widths.add(patch.mask()[first + 2] == 1 ? 3 : patch.mask()[first + 1] == 1 ? 2 : 1);
        }

        assertThat(places).hasSize(16);
        assertThat(widths).contains(2, 3);
    }

    @Test
    void reachesBeyondEdges() {
        assertThat(patches(sample(8, i -> 100, i -> false), DONOR))
                .extracting(patch -> count(patch.mask()))
                .contains(6, 4, 3)
                .allMatch(area -> area == 0 || area >= 3);
    }

    @Test
    void keepsOffTheTargetsThatAreThere() {
        IntPredicate left = i -> i % SIDE < 20;
        Sample half = sample(8, i -> left.test(i) ? 200 : 100, left);

        for (Patch patch : patches(half, DONOR)) {
            for (int i = 0; i < patch.mask().length; i++) {
                if (left.test(i)) {
                    assertThat(patch.image()[i]).isEqualTo(200);
                    assertThat(patch.mask()[i]).isEqualTo(1);
                }
            }
        }
        assertThat(patches(half, DONOR))
                .extracting(patch -> count(patch.mask()) - SIDE * SIDE / 2)
                .contains(6)
                .allMatch(area -> area == 0 || area >= 3 && area <= 6);
    }

    @Test
    void putsNothingWhereItWouldNotShow() {
        Sample white = sample(8, i -> 240, i -> false);

        for (Patch patch : patches(white, DONOR)) {
            assertThat(patch.image()).containsOnly(240);
            assertThat(patch.mask()).containsOnly(0);
        }
    }

    @Test
    void cutsTargetsThatAreTooBrightAtWhite() {
        Sample bright = sample(8, i -> 220, i -> false);

        for (Patch patch : withTarget(patches(bright, DONOR))) {
            assertThat(patch.image()).containsOnly(220, 255);
        }
    }

    @Test
    void putsNothingWhereItWouldBeLostInClutter() {
        Sample clutter = sample(8, i -> (i + i / SIDE) % 2 == 0 ? 60 : 140, i -> false);
        Sample calm = sample(8, i -> (i + i / SIDE) % 2 == 0 ? 80 : 120, i -> false);

        assertThat(patches(clutter, DONOR)).allMatch(patch -> count(patch.mask()) == 0);
        withTarget(patches(calm, DONOR));
    }

    @Test
    void takesNoTargetThatDoesNotStandOut() {
        Sample even = sample(8, i -> 100, i -> false);
        Sample lost = sample(8, i -> isDonated(i) ? 110 : i % 2 * 80 + 10, PastedTargetTest::isDonated);

        assertThat(patches(even, lost)).allMatch(patch -> count(patch.mask()) == 0);
    }

    @Test
    void takesNoTargetBesideAnother() {
        IntPredicate two = i -> isDonated(i) || isDonated(i - 5);
        Sample donor = sample(8, i -> two.test(i) ? 110 : 50, two);

        assertThat(patches(sample(8, i -> 100, i -> false), donor)).allMatch(patch -> count(patch.mask()) == 0);
    }

    @Test
    void leavesTheNoiseAroundATargetWhereItWas() {
        Sample even = sample(8, i -> 100, i -> false);
        Sample noisy = sample(8, i -> isDonated(i) ? 110 : 45 + i * 7 % 11, PastedTargetTest::isDonated);

        for (Patch patch : withTarget(patches(even, noisy))) {
            for (int i = 0; i < patch.mask().length; i++) {
                if (patch.mask()[i] == 0) {
                    assertThat(patch.image()[i]).isEqualTo(100);
                }
            }
        }
    }

    @Test
    void takesNoTargetAtAnEdge() {
        IntPredicate corner = i -> i % SIDE < 3 && i / SIDE < 2;
        Sample donor = sample(8, i -> corner.test(i) ? 110 : 50, corner);

        assertThat(patches(sample(8, i -> 100, i -> false), donor)).allMatch(patch -> count(patch.mask()) == 0);
    }

    @Test
    void leavesImagesAloneWhereNoneHasATarget() {
        Sample even = sample(8, i -> 100, i -> false);

        assertThat(patches(even, even)).allMatch(patch -> count(patch.mask()) == 0);
    }

    @Test
    void cutsTheSamePatchForTheSamePlaceInARun() {
        List<Sample> samples = List.of(sample(8, i -> i % 200, i -> false), DONOR, DONOR);
        PatchCutter cutter =
                new PatchCutter(32, 100, 30, Augmentation.standard().withPastedTargets(0.5));

        for (int index = 0; index < 3; index++) {
            assertThat(cutter.cut(samples, index, 42, 3).image())
                    .containsExactly(cutter.cut(samples, index, 42, 3).image());
        }
    }

    @Test
    void withoutPastingOtherImagesDoNotMatter() {
        Sample sample = sample(8, i -> i % 200, i -> i == 500);
        PatchCutter cutter = new PatchCutter(32, 100, 30, Augmentation.strong());

        assertThat(cutter.cut(List.of(DONOR, sample), 1, 42, 3).image())
                .containsExactly(cutter.cut(sample, 42, 3, 1).image());
    }

    @Property(tries = 300)
    void pastesBetweenImagesOfAllKinds(
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll @IntRange(min = 0, max = 20) int percent,
            @ForAll int seed) {
        IntPredicate donated = i -> (i * 7919 + seed) % 100 < 2;
        Sample donor = sample(8, i -> donated.test(i) ? 200 : 50, donated);
        byte[] levels = new byte[width * height];
        boolean[] masked = new boolean[levels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) ((i * 13 + seed & 0x1f) + (i / 100 % 3) * 80);
            masked[i] = (i * 104729 + seed & 0xffff) % 100 < percent;
        }
        Sample sample =
                new Sample("any", InfraredImage.grey8(width, height, levels, 0, width), Mask.of(width, height, masked));
        PatchCutter cutter = new PatchCutter(32, 0, 1, Augmentation.none().withPastedTargets(1));

        Patch patch = cutter.cut(List.of(sample, donor), 0, seed, 1);

        for (int i = 0; i < masked.length; i++) {
            int at = i / width * 32 + i % width;
            assertThat(patch.image()[at]).isBetween(0f, 255f);
            if (masked[i]) {
                assertThat(patch.mask()[at]).isEqualTo(1);
                assertThat(patch.image()[at]).isEqualTo(levels[i] & 0xff);
            }
        }
    }

    private static List<Patch> withTarget(List<Patch> patches) {
        List<Patch> some =
                patches.stream().filter(patch -> count(patch.mask()) > 0).toList();
        assertThat(some).hasSizeGreaterThan(SEEDS / 4);
        return some;
    }

    /** Patches of the whole of the first image, with a target of the second one wherever that was drawn: every other time. */
    private static List<Patch> patches(Sample sample, Sample donor) {
        PatchCutter cutter = new PatchCutter(SIDE, 0, 1, Augmentation.none().withPastedTargets(1));
        return IntStream.range(0, SEEDS)
                .mapToObj(epoch -> cutter.cut(List.of(sample, donor), 0, 1, epoch))
                .toList();
    }

    private static Set<Integer> levels(Patch patch) {
        Set<Integer> levels = new HashSet<>();
        for (float level : patch.image()) {
            levels.add(Math.round(level));
        }
        return levels;
    }

    private static Sample sample(int bits, IntUnaryOperator level, IntPredicate target) {
        byte[] bytes = new byte[SIDE * SIDE];
        short[] shorts = new short[SIDE * SIDE];
        boolean[] masked = new boolean[SIDE * SIDE];
        for (int i = 0; i < masked.length; i++) {
            bytes[i] = (byte) level.applyAsInt(i);
            shorts[i] = (short) (257 * level.applyAsInt(i));
            masked[i] = target.test(i);
        }
        InfraredImage image = bits == 8
                ? InfraredImage.grey8(SIDE, SIDE, bytes, 0, SIDE)
                : InfraredImage.grey16(SIDE, SIDE, shorts, 0, SIDE);
        return new Sample("sample", image, Mask.of(SIDE, SIDE, masked));
    }

    private static int count(float[] mask) {
        int count = 0;
        for (float value : mask) {
            count += (int) value;
        }
        return count;
    }

    private static int first(float[] mask) {
        int first = 0;
        while (mask[first] == 0) {
            first++;
        }
        return first;
    }
}
