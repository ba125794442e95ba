package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

import static dev.irstd.metrics.TargetProtocol.LEGACY_AREA;
import static dev.irstd.metrics.TargetProtocol.MARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class BootstrapTest {
    private static final Mask TARGET = Masks.of("#...");
    private static final Mask NOTHING = Masks.of("....");
    private static final ToDoubleFunction<Metrics> PD =
            metrics -> metrics.targets(MARKED).pd();
    private static final ToDoubleFunction<Metrics> IOU =
            metrics -> metrics.pixels().iou();

    @Test
    void intervalOfAShareIsThatOfTheBinomialDistribution() {
        // 400 targets, 100 found: the standard error of Pd is sqrt(0.25 * 0.75 / 400)
        double halfWidth = 1.96 * Math.sqrt(0.25 * 0.75 / 400);

        Interval pd = new Bootstrap(images(100, 300), 4000, 1).interval(0.95, PD);

        assertThat(pd.estimate()).isEqualTo(0.25);
        assertThat(pd.low()).isEqualTo(0.25 - halfWidth, withPrecision(0.005));
        assertThat(pd.high()).isEqualTo(0.25 + halfWidth, withPrecision(0.005));
    }

    @Test
    void higherConfidenceIsAWiderInterval() {
        Bootstrap bootstrap = new Bootstrap(images(30, 30), 500, 1);

        Interval wide = bootstrap.interval(0.99, PD);
        Interval narrow = bootstrap.interval(0.8, PD);

        assertThat(wide.low()).isLessThan(narrow.low());
        assertThat(wide.high()).isGreaterThan(narrow.high());
    }

    @Test
    void imagesThatAreAllAlikeLeaveNoDoubt() {
        assertThat(new Bootstrap(images(5, 0), 50, 1).interval(0.95, IOU)).isEqualTo(new Interval(1, 1, 1));
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        assertThat(new Bootstrap(images(7, 9), 200, 42).interval(0.9, PD))
                .isEqualTo(new Bootstrap(images(7, 9), 200, 42).interval(0.9, PD));
    }

    @Test
    void resamplesWithoutTargetsDoNotEnterPd() {
        List<Metrics> images = new ArrayList<>(images(1, 0));
        images.add(count(NOTHING, NOTHING));

        assertThat(new Bootstrap(images, 100, 1).interval(0.95, PD)).isEqualTo(new Interval(1, 1, 1));
    }

    @Test
    void figureThatIsNeverDefinedHasNoInterval() {
        Interval pd = new Bootstrap(List.of(count(NOTHING, NOTHING)), 10, 1).interval(0.95, PD);

        assertThat(pd).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void drawsCentroidErrorsWithTheirImages() {
        // Errors of 0, 1 and 2 pixels: draws of three images have means of 0 to 2, and the quantiles with them.
        List<Metrics> images = List.of(
                count(Masks.of("#......."), Masks.of("#.......")),
                count(Masks.of("#......."), Masks.of(".#......")),
                count(Masks.of("#......."), Masks.of("..#.....")));
        Bootstrap bootstrap = new Bootstrap(images, 2000, 1);

        Interval mean = bootstrap.interval(
                0.99, metrics -> metrics.targets(MARKED).centroidErrors().mean());
        Interval largest = bootstrap.interval(
                0.95, metrics -> metrics.targets(MARKED).centroidErrors().quantile(1));

        // 1 of the 27 draws is the first image thrice, 1 the last; in 8 the last does not come.
        assertThat(mean).isEqualTo(new Interval(1, 0, 2));
        assertThat(largest).isEqualTo(new Interval(2, 0, 2));
        assertThat(bootstrap.interval(
                        0.95,
                        metrics -> metrics.targets(MARKED).centroidErrors().count()))
                .isEqualTo(new Interval(3, 3, 3));
    }

    @Test
    void detectorDoesNotDifferFromItself() {
        Bootstrap bootstrap = new Bootstrap(images(10, 10), 100, 1);

        assertThat(bootstrap.comparedWith(bootstrap, 0.95, PD)).isEqualTo(new Comparison(new Interval(0, 0, 0), 1, 1));
    }

    @Test
    void differenceInEveryImageIsAsUnlikelyAsTheTestsCanTell() {
        Bootstrap finds = new Bootstrap(images(5, 0), 999, 1);
        Bootstrap misses = new Bootstrap(images(0, 5), 999, 1);

        Comparison better = finds.comparedWith(misses, 0.95, PD);
        Comparison worse = misses.comparedWith(finds, 0.95, PD);

        assertThat(better.difference()).isEqualTo(new Interval(1, 1, 1));
        assertThat(worse.difference()).isEqualTo(new Interval(-1, -1, -1));
        // No resample on the other side but the sample itself; all five signs alike, either way
        assertThat(better.bootstrapP()).isEqualTo(worse.bootstrapP()).isEqualTo(2.0 / 1000);
        assertThat(better.signedRankP())
                .isEqualTo(worse.signedRankP())
                .isEqualTo(2 / Math.pow(2, 5), withPrecision(1e-12));
    }

    @Test
    void resamplesWithoutTargetsDoNotCountForTheProbability() {
        List<Metrics> finds = new ArrayList<>(images(1, 0));
        List<Metrics> misses = new ArrayList<>(images(0, 1));
        finds.add(count(NOTHING, NOTHING));
        misses.add(count(NOTHING, NOTHING));

        Comparison comparison = new Bootstrap(finds, 999, 1).comparedWith(new Bootstrap(misses, 999, 1), 0.95, PD);

        // A quarter of the draws of two images is the empty one twice: 749 remain, give or take five times 14
        assertThat(comparison.bootstrapP()).isBetween(2.0 / (749 + 70 + 1), 2.0 / (749 - 70 + 1));
    }

    @Test
    void oneLargeGainWeighsAsMuchAsTwoSmallLosses() {
        // IoU of 8, 4 and 2 eighths against 4, 6 and 3: differences of rank 3 on one side, 2 and 1 on the other
        Bootstrap first = new Bootstrap(List.of(eighths(8), eighths(4), eighths(2)), 10, 1);
        Bootstrap second = new Bootstrap(List.of(eighths(4), eighths(6), eighths(3)), 10, 1);

        assertThat(first.comparedWith(second, 0.95, IOU).signedRankP()).isEqualTo(1);
    }

    @Test
    void oneResampleIsEnough() {
        assertThat(new Bootstrap(images(2, 0), 1, 1).interval(0.95, PD)).isEqualTo(new Interval(1, 1, 1));
    }

    @Test
    void pairedDifferenceIsSharperThanTheIntervalsOfBoth() {
        // Both find the first 30 of 100 targets; one finds 10 more
        Bootstrap more = new Bootstrap(images(40, 60), 1000, 3);
        Bootstrap fewer = new Bootstrap(images(30, 70), 1000, 3);

        Comparison comparison = more.comparedWith(fewer, 0.95, PD);

        assertThat(more.interval(0.95, PD).low())
                .isLessThan(fewer.interval(0.95, PD).high());
        assertThat(comparison.difference().estimate()).isEqualTo(0.1, withPrecision(1e-12));
        assertThat(comparison.difference().low()).isPositive();
        assertThat(comparison.bootstrapP()).isLessThan(0.01);
        assertThat(comparison.signedRankP()).isEqualTo(2 / Math.pow(2, 10), withPrecision(1e-12));
    }

    @Test
    void refusesToCompareOtherDraws() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Bootstrap(images(1, 1), 10, 1).comparedWith(new Bootstrap(images(1, 1), 10, 2), 0.95, PD))
                .withMessage("cannot compare Bootstrap[2 images, 10 resamples, seed 1] with "
                        + "Bootstrap[2 images, 10 resamples, seed 2]; give both the same images, resamples and seed");
    }

    @Test
    void refusesToCompareOtherImages() {
        Bootstrap other = new Bootstrap(List.of(count(NOTHING, NOTHING)), 10, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bootstrap(images(1, 0), 10, 1).comparedWith(other, 0.95, PD))
                .withMessage("image 0 has 1 true pixels in one evaluation and 0 in the other; "
                        + "give both the same images in the same order");
    }

    @Test
    void refusesImagesUnderDifferentProtocols() {
        List<Metrics> images = List.of(count(TARGET, TARGET), new MetricsAccumulator(LEGACY_AREA).add(TARGET, TARGET));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bootstrap(images, 10, 1))
                .withMessage("image 1 is counted under [LEGACY_AREA], image 0 under [MARKED]; "
                        + "count all with one MetricsAccumulator");
    }

    @Test
    void refusesParametersOutOfRange() {
        Bootstrap bootstrap = new Bootstrap(images(1, 1), 10, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> bootstrap.interval(95, PD));
        assertThatIllegalArgumentException().isThrownBy(() -> bootstrap.interval(1, PD));
        assertThatIllegalArgumentException().isThrownBy(() -> bootstrap.interval(0, PD));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(List.of(), 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(images(1, 1), 0, 1));
    }

    /** Images of one target each: first those where it is found, then those where nothing is. */
    private static List<Metrics> images(int found, int missed) {
        List<Metrics> images = new ArrayList<>();
        for (int i = 0; i < found + missed; i++) {
            images.add(count(i < found ? TARGET : NOTHING, TARGET));
        }
        return images;
    }

    /** A target of eight pixels of which as many are found. */
    private static Metrics eighths(int found) {
        return count(Masks.of("#".repeat(found) + ".".repeat(8 - found)), Masks.full(8, 1));
    }

    private static Metrics count(Mask prediction, Mask truth) {
        return new MetricsAccumulator(MARKED).add(prediction, truth);
    }
}
