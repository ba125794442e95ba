package dev.irstd.metrics;

import dev.irstd.Mask;
import org.junit.jupiter.api.Test;

import static dev.irstd.metrics.TargetProtocol.DCONET;
import static dev.irstd.metrics.TargetProtocol.LEGACY_AREA;
import static dev.irstd.metrics.TargetProtocol.LPNETGA;
import static dev.irstd.metrics.TargetProtocol.MARKED;
import static dev.irstd.metrics.TargetProtocol.OPTIMAL_ASSIGNMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetMetricsTest {

    @Test
    void onlyLegacyAreaForgetsAFalseAlarmThatIsAsLargeAsAMatch() {
        Mask truth = Masks.of(
                "##........", //
                "..........",
                "..........");
        Mask prediction = Masks.of(
                "##......##", //
                "..........",
                ".....###..");

        TargetMetrics legacy = count(LEGACY_AREA, prediction, truth);
        TargetMetrics marked = count(MARKED, prediction, truth);

        assertThat(legacy.falsePixels()).isEqualTo(3);
        assertThat(marked.falsePixels()).isEqualTo(2 + 3);
        assertThat(legacy.fa()).isEqualTo(3.0 / 30);
        assertThat(marked.fa()).isEqualTo(5.0 / 30);
        assertThat(legacy.pd()).isEqualTo(marked.pd()).isEqualTo(1);
    }

    @Test
    void legacyAreaForgetsWithinAnImageOnly() {
        MetricsAccumulator accumulator = new MetricsAccumulator(LEGACY_AREA);
        accumulator.add(Masks.of("##........"), Masks.of("##........"));
        accumulator.add(Masks.of("##........"), Masks.of(".........."));

        assertThat(accumulator.metrics().targets(LEGACY_AREA).falsePixels()).isEqualTo(2);
    }

    @Test
    void distanceOfExactlyThreeIsNoMatch() {
        Mask truth = Masks.of("#.......");

        TargetMetrics three = count(MARKED, Masks.of("...#...."), truth);
        TargetMetrics two = count(MARKED, Masks.of("..#....."), truth);

        assertThat(three.detectedTargets()).isZero();
        assertThat(three.falsePixels()).isEqualTo(1);
        assertThat(two.detectedTargets()).isEqualTo(1);
        assertThat(two.falsePixels()).isZero();
    }

    /** The prediction is 3 from the first target, and near only because it is 2 from the second. */
    @Test
    void distanceOfExactlyThreeIsNoMatchForTheBestAssignmentEither() {
        TargetMetrics counted = count(OPTIMAL_ASSIGNMENT, Masks.of("...#..#.."), Masks.of("#....#..."));

        assertThat(counted.detectedTargets()).isEqualTo(1);
    }

    @Test
    void targetTakesTheFirstPredictionInReachNotTheNearest() {
        Mask truth = Masks.of(
                "......", //
                "......", "#.....");
        Mask prediction = Masks.of(
                "##....", //
                "......", "#.....");

        // The pair in row 0 lies sqrt(4.25) off and comes first; the single pixel upon the target is left over.
        TargetMetrics counted = count(MARKED, prediction, truth);

        assertThat(counted.detectedTargets()).isEqualTo(1);
        assertThat(counted.falsePixels()).isEqualTo(1);
    }

    @Test
    void onlyOptimalAssignmentLeavesAPredictionToTheTargetThatNeedsIt() {
        Mask truth = Masks.of(
                ".........", //
                "....#..#.",
                ".........",
                ".........");
        // The upper one lies within reach of both targets, the lower one of the left target alone.
        Mask prediction = Masks.of(
                ".....#...", //
                ".........",
                ".........",
                "....#....");

        assertThat(count(MARKED, prediction, truth).detectedTargets()).isEqualTo(1);
        assertThat(count(MARKED, prediction, truth).falsePixels()).isEqualTo(1);
        assertThat(count(OPTIMAL_ASSIGNMENT, prediction, truth).detectedTargets())
                .isEqualTo(2);
        assertThat(count(OPTIMAL_ASSIGNMENT, prediction, truth).falsePixels()).isZero();
    }

    @Test
    void onlyOptimalAssignmentTakesTheNearestPrediction() {
        Mask truth = Masks.of(
                "......", //
                "......", "#.....");
        Mask prediction = Masks.of(
                "##....", //
                "......", "#.....");

        assertThat(count(OPTIMAL_ASSIGNMENT, prediction, truth).falsePixels()).isEqualTo(2);
        assertThat(count(OPTIMAL_ASSIGNMENT, prediction, truth).centroidErrors().mean())
                .isZero();
        assertThat(count(MARKED, prediction, truth).centroidErrors().mean()).isEqualTo(Math.sqrt(4.25));
    }

    @Test
    void centroidErrorsAreThoseOfTheTargetsFound() {
        MetricsAccumulator accumulator = new MetricsAccumulator(MARKED);
        accumulator.add(Masks.of("#....#.."), Masks.of("#......#"));
        accumulator.add(Masks.of("..#....."), Masks.of(".#......"));
        accumulator.add(Masks.of("......#."), Masks.of("#......."));

        CentroidErrors errors = accumulator.metrics().targets(MARKED).centroidErrors();
        assertThat(errors.count()).isEqualTo(3);
        assertThat(errors.mean()).isEqualTo((0 + 2 + 1) / 3.0);
        assertThat(errors.quantile(1.0 / 3)).isZero();
        assertThat(errors.quantile(0.34)).isEqualTo(1);
        assertThat(errors.quantile(0.95)).isEqualTo(2);
        assertThat(errors.quantile(1)).isEqualTo(2);
        assertThat(errors).hasToString("CentroidErrors[3, mean 1.0]");
    }

    @Test
    void centroidErrorsAreEqualWhereEachIs() {
        CentroidErrors errors =
                count(MARKED, Masks.of(".#......"), Masks.of("#.......")).centroidErrors();

        assertThat(errors)
                .isEqualTo(count(MARKED, Masks.of("......#."), Masks.of(".......#"))
                        .centroidErrors())
                .isNotEqualTo(count(MARKED, Masks.of("#......."), Masks.of("#......."))
                        .centroidErrors());
    }

    @Test
    void centroidErrorOfFragmentsIsThatOfTheNearest() {
        // The target's centroid is column 4, the fragments lie at 1 and 5
        TargetMetrics counted = count(LPNETGA, Masks.of(".#...#..."), Masks.of("#########"));

        assertThat(counted.matchedPredictions()).isEqualTo(2);
        assertThat(counted.centroidErrors().count()).isEqualTo(1);
        assertThat(counted.centroidErrors().mean()).isEqualTo(1);
    }

    @Test
    void centroidErrorIsUndefinedWhereNothingIsFound() {
        CentroidErrors errors =
                count(MARKED, Masks.of("#......."), Masks.of(".......#")).centroidErrors();

        assertThat(errors.mean()).isNaN();
        assertThat(errors.quantile(0.95)).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> errors.quantile(95));
    }

    @Test
    void falseAlarmsPerImageAreComponents() {
        MetricsAccumulator accumulator = new MetricsAccumulator(MARKED);
        accumulator.add(Masks.of("##.#..#."), Masks.of("##......"));
        accumulator.add(Masks.of("........"), Masks.of("........"));

        assertThat(accumulator.metrics().targets(MARKED).falseAlarmsPerImage()).isEqualTo(2.0 / 2);
    }

    @Test
    void predictionServesOneTargetOnly() {
        TargetMetrics counted = count(MARKED, Masks.of(".#..."), Masks.of("#.#.."));

        assertThat(counted.targets()).isEqualTo(2);
        assertThat(counted.detectedTargets()).isEqualTo(1);
        assertThat(counted.pd()).isEqualTo(0.5);
    }

    @Test
    void matchedComponentCountsNoFalsePixelsHoweverFarItReaches() {
        Mask truth = Masks.of(
                ".....", //
                "..#..", ".....");

        TargetMetrics counted = count(MARKED, Masks.full(5, 3), truth);

        assertThat(counted.pd()).isEqualTo(1);
        assertThat(counted.fa()).isZero();
    }

    @Test
    void overlapWithoutANearCentroidIsAFalseAlarmWithAllItsPixels() {
        TargetMetrics counted = count(MARKED, Masks.of("########"), Masks.of("#......."));

        assertThat(counted.detectedTargets()).isZero();
        assertThat(counted.falsePixels()).isEqualTo(8);
    }

    @Test
    void pixelsThatTouchAtCornersAreOneTarget() {
        Mask diagonal = Masks.of(
                "#..", //
                ".#.", "..#");

        TargetMetrics counted = count(MARKED, diagonal, diagonal);

        assertThat(counted.targets()).isEqualTo(1);
        assertThat(counted.predictions()).isEqualTo(1);
    }

    @Test
    void pdIsUndefinedWithoutTargets() {
        TargetMetrics counted = count(MARKED, Masks.of("#..."), Masks.of("...."));

        assertThat(counted.pd()).isNaN();
        assertThat(counted.fa()).isEqualTo(0.25);
    }

    @Test
    void faWeighsImagesByTheirPixels() {
        MetricsAccumulator accumulator = new MetricsAccumulator(MARKED);
        accumulator.add(Masks.of("#..."), Masks.of("...."));
        accumulator.add(Masks.empty(6, 6), Masks.empty(6, 6));

        TargetMetrics counted = accumulator.metrics().targets(MARKED);
        assertThat(counted.images()).isEqualTo(2);
        assertThat(counted.fa()).isEqualTo(1.0 / 40);
    }

    @Test
    void onlyDconetWantsCentroidsCloserThanTwo() {
        Mask truth = Masks.of("#.......");
        Mask prediction = Masks.of("..#.....");

        TargetMetrics dconet = count(DCONET, prediction, truth);

        assertThat(dconet.detectedTargets()).isZero();
        assertThat(dconet.fa()).isEqualTo(1.0 / (512 * 512));
        assertThat(count(LEGACY_AREA, prediction, truth).detectedTargets()).isEqualTo(1);
    }

    @Test
    void lpNetGaCountsEveryFragmentOfATarget() {
        TargetMetrics counted = count(LPNETGA, Masks.of("##.##..."), Masks.of("#####..."));

        assertThat(counted.pd()).isEqualTo(2);
        assertThat(counted.recall()).isEqualTo(1);
        assertThat(counted.precision()).isEqualTo(1);
        assertThat(counted.falsePixels()).isZero();
    }

    @Test
    void lpNetGaWantsASharedPixelBesidesNearCentres() {
        TargetMetrics counted = count(LPNETGA, Masks.of("#......."), Masks.of("..#....."));

        assertThat(counted.detectedTargets()).isZero();
        assertThat(counted.fa()).isEqualTo(1);
        assertThat(counted.f1()).isZero();
    }

    @Test
    void lpNetGaAllowsCentresFourApartButNoMore() {
        // The target spans columns 0 to 8, its centre is column 4
        Mask truth = Masks.of("#########...........");

        assertThat(count(LPNETGA, Masks.of("........#..........."), truth).detectedTargets())
                .isEqualTo(1);
        assertThat(count(LPNETGA, Masks.of("........##.........."), truth).detectedTargets())
                .isZero();
    }

    @Test
    void lpNetGaCountsASingleTargetWhereNothingIsPredicted() {
        TargetMetrics counted = count(LPNETGA, Masks.of("........"), Masks.of("#..#..#."));

        assertThat(counted.targets()).isEqualTo(1);
        assertThat(counted.pd()).isZero();
    }

    @Test
    void lpNetGaOverlooksFalseAlarmsWhereNoTargetIs() {
        TargetMetrics counted = count(LPNETGA, Masks.of("##......"), Masks.of("........"));

        assertThat(counted.fa()).isZero();
        assertThat(counted.pd()).isNaN();
    }

    @Test
    void namesTheProtocolsThatWereCounted() {
        Metrics metrics = new MetricsAccumulator(LEGACY_AREA).metrics();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.targets(MARKED))
                .withMessage("nothing was counted under MARKED, only under [LEGACY_AREA]; "
                        + "name it when making the MetricsAccumulator");
    }

    private static TargetMetrics count(TargetProtocol protocol, Mask prediction, Mask truth) {
        MetricsAccumulator accumulator = new MetricsAccumulator(protocol);
        accumulator.add(prediction, truth);
        return accumulator.metrics().targets(protocol);
    }
}
