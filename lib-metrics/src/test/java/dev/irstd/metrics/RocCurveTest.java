package dev.irstd.metrics;

import dev.irstd.Mask;
import dev.irstd.ScoreMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

import static dev.irstd.metrics.TargetProtocol.MARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class RocCurveTest {
    /** Of 4 targets in 1000 pixels: Fa 0, 0.01, 0.04 and Pd 0.5, 0.75, 1. */
    private static final RocCurve CURVE =
            new RocCurve(List.of(point(0.5f, 3, 4, 10), point(0.9f, 2, 2, 0), point(0.1f, 4, 8, 40)));

    @Test
    void aucIsTheMeanPdUpToTheLimit() {
        // Level from 0.04 on
        assertThat(CURVE.auc(MARKED, 0.08))
                .isEqualTo((0.01 * 0.625 + 0.03 * 0.875 + 0.04) / 0.08, withPrecision(1e-15));
        // Cut a third of the way from 0.01 to 0.04
        double cut = 0.75 + 0.25 / 3;
        assertThat(CURVE.auc(MARKED, 0.02))
                .isEqualTo((0.01 * 0.625 + 0.01 * (0.75 + cut) / 2) / 0.02, withPrecision(1e-15));
    }

    @Test
    void aucRisesFromTheOriginWhereNoThresholdIsFreeOfFalseAlarms() {
        assertThat(new RocCurve(List.of(point(0.5f, 4, 8, 40))).auc(MARKED, 0.04))
                .isEqualTo(0.5, withPrecision(1e-15));
    }

    @Test
    void findsTheBestThresholdWithinALimitOfFalseAlarms() {
        assertThat(CURVE.within(MARKED, 0.0399)).map(OperatingPoint::threshold).hasValue(0.5f);
        assertThat(CURVE.within(MARKED, 0.04)).map(OperatingPoint::threshold).hasValue(0.1f);
        assertThat(CURVE.within(MARKED, 0)).map(OperatingPoint::threshold).hasValue(0.9f);
    }

    @Test
    void ofEqualPdTakesTheFewestFalseAlarmsThenTheHighestThreshold() {
        RocCurve curve = new RocCurve(
                List.of(point(0.8f, 3, 4, 20), point(0.3f, 3, 4, 10), point(0.6f, 3, 4, 10), point(0.4f, 3, 4, 10)));

        assertThat(curve.within(MARKED, 1)).map(OperatingPoint::threshold).hasValue(0.6f);
    }

    @Test
    void findsNoThresholdWhereAllRaiseTooManyFalseAlarms() {
        assertThat(new RocCurve(List.of(point(0.5f, 4, 8, 40))).within(MARKED, 0.03))
                .isEmpty();
    }

    @Test
    void averagePrecisionIsTheAreaOfSteps() {
        // Recall 0.5, 0.75, 1 with precision 2/2, 3/4, 4/8
        assertThat(CURVE.averagePrecision(MARKED)).isEqualTo(0.5 * 1 + 0.25 * 0.75 + 0.25 * 0.5, withPrecision(1e-15));
    }

    @Test
    void averagePrecisionOfOneThresholdIsItsRectangle() {
        // Recall 2/4, precision 2/8
        assertThat(new RocCurve(List.of(point(0.5f, 2, 8, 6))).averagePrecision(MARKED))
                .isEqualTo(0.125);
    }

    @Test
    void averagePrecisionOverlooksAPrecisionThatIsBetterAtAHigherRecall() {
        // Precision 1/2 at recall 1/4, but 3/3 at 3/4; nothing reaches recall 1
        RocCurve curve = new RocCurve(List.of(point(0.9f, 1, 2, 1), point(0.5f, 3, 3, 0)));

        assertThat(curve.averagePrecision(MARKED)).isEqualTo(0.75 * 1, withPrecision(1e-15));
    }

    @Test
    void scoresThatPartTargetsFromBackgroundHavePerfectPixelAreas() {
        RocCurve curve = sweep(Masks.of("##......"), 0.9f, 0.6f, 0.4f, 0.1f, 0, 0.2f, 0, 0);

        assertThat(curve.pixelAuc()).isEqualTo(1);
        assertThat(curve.pixelAveragePrecision()).isEqualTo(1);
    }

    @Test
    void equalScoresHavePixelAreasOfChance() {
        RocCurve curve = sweep(Masks.of("##......"), 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);

        assertThat(curve.pixelAuc()).isEqualTo(0.5);
        assertThat(curve.pixelAveragePrecision()).isEqualTo(2.0 / 8);
    }

    @Test
    void pixelAucIsTheChanceThatATargetPixelScoresHigher() {
        // Of the 2 x 3 pairs of target and background pixels 4 are in order and one ties
        RocCurve curve = sweep(Masks.of("##..."), 0.85f, 0.35f, 0.35f, 0.55f, 0.15f);

        assertThat(curve.pixelAuc()).isEqualTo(4.5 / 6, withPrecision(1e-15));
    }

    @Test
    void areasAreUndefinedWithoutTargets() {
        RocCurve curve = sweep(Masks.of("...."), 0.5f, 0, 0, 0);

        assertThat(DoubleStream.of(
                        curve.auc(MARKED, 1),
                        curve.averagePrecision(MARKED),
                        curve.pixelAuc(),
                        curve.pixelAveragePrecision()))
                .containsOnly(Double.NaN);
        assertThat(curve.within(MARKED, 1)).isEmpty();
    }

    @Test
    void refusesAnAreaWithoutExtent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CURVE.auc(MARKED, 0))
                .withMessage("an area up to Fa 0.0 is none; the limit must be above 0");
        assertThatIllegalArgumentException().isThrownBy(() -> CURVE.auc(MARKED, Double.POSITIVE_INFINITY));
    }

    private static RocCurve sweep(Mask truth, float... scores) {
        ThresholdSweep sweep = new ThresholdSweep(ThresholdSweep.evenThresholds(10), MARKED);
        sweep.add(ScoreMap.of(scores.length, 1, scores), truth);
        return new RocCurve(sweep.points());
    }

    private static OperatingPoint point(float threshold, int detected, int predictions, int falsePixels) {
        TargetMetrics targets = new TargetMetrics(
                MARKED, 1, 1000, 4, detected, predictions, detected, falsePixels, CentroidErrors.NONE);
        PixelMetrics pixels = new PixelMetrics(1, 0, 0, 0, 0, 1000, 0);
        return new OperatingPoint(threshold, new Metrics(pixels, Map.of(MARKED, targets)));
    }
}
