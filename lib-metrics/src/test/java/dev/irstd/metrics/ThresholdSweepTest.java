package dev.irstd.metrics;

import dev.irstd.Mask;
import dev.irstd.ScoreMap;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
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

    @Property(tries = 100)
    void eachPointIsThatOfTheMaskAboveItsThreshold(
            @ForAll @Size(min = 1, max = 8) List<@FloatRange(min = 0, max = 1) Float> chosen, @ForAll long seed) {
        Random random = new Random(seed);
        float[] thresholds = new float[chosen.size() + 2];
        for (int i = 0; i < chosen.size(); i++) {
            thresholds[i] = chosen.get(i);
        }
        thresholds[chosen.size()] = thresholds[0];
        float[] scores = new float[20 * 15];
        for (int i = 0; i < scores.length; i++) {
            boolean likeAThreshold = random.nextInt(10) == 0;
            scores[i] = likeAThreshold
                    ? thresholds[random.nextInt(thresholds.length)]
                    : (float) Math.pow(random.nextDouble(), 4);
        }
        ScoreMap map = ScoreMap.of(20, 15, scores);
        Mask truth = Masks.random(20, 15, 0.2, random);
        ThresholdSweep sweep = new ThresholdSweep(thresholds, TargetProtocol.values());

        sweep.add(map, truth);

        for (OperatingPoint point : sweep.points()) {
            MetricsAccumulator alone = new MetricsAccumulator(TargetProtocol.values());
            alone.add(map.above(point.threshold()), truth);
            assertThat(point.metrics()).isEqualTo(alone.metrics());
        }
    }

    @Property(tries = 100)
    void pixelsOnlyDisappearWhileTheThresholdRises(@ForAll long seed) {
        Random random = new Random(seed);
        float[] scores = new float[20 * 15];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat();
        }
        ThresholdSweep sweep = new ThresholdSweep(ThresholdSweep.evenThresholds(30));

        sweep.add(ScoreMap.of(20, 15, scores), Masks.random(20, 15, 0.5, random));

        assertThat(sweep.points())
                .extracting(point -> point.metrics().pixels().truePositives())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(sweep.points())
                .extracting(point -> point.metrics().pixels().falsePositiveRate())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void negativeZeroIsZero() {
        ThresholdSweep sweep = new ThresholdSweep(new float[] {-0f}, MARKED);

        sweep.add(SCORES, Masks.of("#......."));

        assertThat(sweep.points().get(0).metrics().targets(MARKED).predictions())
                .isEqualTo(2);
    }

    @Test
    void refusesScoresOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sweep().add(SCORES, Masks.empty(4, 2)))
                .withMessageStartingWith("the prediction has 8x1 pixels, the truth 4x2");
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
        assertThat(ThresholdSweep.evenThresholds(1)).containsExactly(0, 1);
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
