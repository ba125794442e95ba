package dev.irstd.metrics;

import dev.irstd.ScoreMap;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.irstd.metrics.TargetProtocol.MARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThresholdSweepTest {
    private static final ScoreMap SCORES = ScoreMap.of(8, 1, new float[] {0.9f, 0, 0, 0, 0, 0, 0, 0.5f});

    @Test
    void countsAtEveryThresholdInTheOrderGiven() {
        ThresholdSweep sweep = new ThresholdSweep(new float[] {0.6f, 0.1f, 0.9f}, MARKED);

        sweep.add(SCORES, Masks.of("#......."));

        List<OperatingPoint> points = sweep.points();
        assertThat(points).extracting(OperatingPoint::threshold).containsExactly(0.6f, 0.1f, 0.9f);
        assertThat(points).extracting(ThresholdSweepTest::pd).containsExactly(1.0, 1.0, 0.0);
        assertThat(points).extracting(ThresholdSweepTest::fa).containsExactly(0.0, 1.0 / 8, 0.0);
    }

    @Test
    void nextFloatBelowIncludesTheThreshold() {
        ThresholdSweep sweep = new ThresholdSweep(new float[] {0.9f, Math.nextDown(0.9f)}, MARKED);

        sweep.add(SCORES, Masks.of("#......."));

        assertThat(sweep.points()).extracting(ThresholdSweepTest::pd).containsExactly(0.0, 1.0);
    }

    @Test
    void mergedSweepsGiveTheSameAsOnePass() {
        ThresholdSweep onePass = sweep();
        onePass.add(SCORES, Masks.of("#......."));
        onePass.add(SCORES, Masks.of(".......#"));
        ThresholdSweep first = sweep();
        ThresholdSweep second = sweep();
        first.add(SCORES, Masks.of("#......."));
        second.add(SCORES, Masks.of(".......#"));

        second.merge(first);

        assertThat(second.points()).isEqualTo(onePass.points());
    }

    @Test
    void evenThresholdsReachFromZeroToOne() {
        assertThat(ThresholdSweep.evenThresholds(4)).containsExactly(0, 0.25f, 0.5f, 0.75f, 1);
    }

    @Test
    void refusesToMergeASweepOverOtherThresholds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sweep().merge(new ThresholdSweep(new float[] {0.5f}, MARKED)))
                .withMessageContaining("1 thresholds into one over 11");
    }

    @Test
    void refusesThresholdsThatAreNoProbabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThresholdSweep(new float[] {0, 127.5f}, MARKED))
                .withMessage("threshold 127.5 is not a probability in [0, 1]");
        assertThatIllegalArgumentException().isThrownBy(() -> ThresholdSweep.evenThresholds(0));
    }

    private static ThresholdSweep sweep() {
        return new ThresholdSweep(ThresholdSweep.evenThresholds(10), MARKED);
    }

    private static double pd(OperatingPoint point) {
        return point.metrics().targets(MARKED).pd();
    }

    private static double fa(OperatingPoint point) {
        return point.metrics().targets(MARKED).fa();
    }
}
