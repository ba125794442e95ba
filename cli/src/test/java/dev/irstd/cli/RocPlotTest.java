package dev.irstd.cli;

import dev.irstd.Mask;
import dev.irstd.metrics.MetricsAccumulator;
import dev.irstd.metrics.OperatingPoint;
import dev.irstd.metrics.TargetProtocol;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RocPlotTest {
    @Test
    void faAxisSpansWholeDecades() {
        LogAxis axis = LogAxis.around(DoubleStream.of(0, 2e-5, 3e-3, Double.NaN));

        assertThat(axis).isEqualTo(new LogAxis(-5, -2));
        assertThat(axis.position(1e-4)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(axis.position(0)).isZero();
        assertThat(axis.position(1)).isEqualTo(1);
    }

    @Test
    void faAxisHasADecadeEvenForOneValueOrNone() {
        assertThat(LogAxis.around(DoubleStream.of(1e-5))).isEqualTo(new LogAxis(-5, -4));
        assertThat(LogAxis.around(DoubleStream.of(0))).isEqualTo(new LogAxis(-6, 0));
    }

    @Test
    void faAxisHasFinerTicksWhereDecadesAreFew() {
        assertThat(new LogAxis(-5, -4).ticks())
                .extracting(Object::toString)
                .containsExactly("1e-5", "2e-5", "5e-5", "1e-4");
        assertThat(new LogAxis(-6, -1).ticks())
                .extracting(Object::toString)
                .hasSize(6)
                .contains("1e-3");
    }

    @Test
    void pdAxisHoldsWhatIsDrawn() {
        assertThat(PdAxis.around(new double[] {0.55, 0.9})).isEqualTo(new PdAxis(5, 10));
        assertThat(PdAxis.around(new double[] {0.99})).isEqualTo(new PdAxis(8, 10));
        assertThat(PdAxis.around(new double[] {0.5, 1.25})).isEqualTo(new PdAxis(5, 13));
        assertThat(new PdAxis(5, 10).position(0.75)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void thresholdsHoldTheOfficialOnesOnce() {
        float[] thresholds = RocPoints.thresholds();

        assertThat(thresholds).contains(0, 0.5f, 1, 1 / 300f, 1e-6f);
        assertThat(thresholds).isSorted().doesNotHaveDuplicates();
    }

    /** Two targets in 40 pixels: found one with a false pixel, none without, both with two, and one with three. */
    @Test
    void curveRisesOnlyWhereItGetsBetter() {
        String truth = "#.........\n..........\n..........\n.........#";
        List<OperatingPoint> points = List.of(
                point(0.1f, "#.........\n....#.....\n......#...\n..#.......", truth),
                point(0.2f, "#.........\n....#.....\n......#...\n.........#", truth),
                point(0.3f, "#.........\n....#.....\n..........\n..........", truth),
                point(0.9f, "..........\n..........\n..........\n..........", truth));

        assertThat(RocPoints.best(points, TargetProtocol.MARKED))
                .containsExactly(new RocPoints.Corner(1 / 40.0, 0.5), new RocPoints.Corner(2 / 40.0, 1));
    }

    private static OperatingPoint point(float threshold, String prediction, String truth) {
        MetricsAccumulator accumulator = new MetricsAccumulator(TargetProtocol.MARKED);
        accumulator.add(mask(prediction), mask(truth));
        return new OperatingPoint(threshold, accumulator.metrics());
    }

    private static Mask mask(String rows) {
        String pixels = rows.replace("\n", "");
        boolean[] set = new boolean[pixels.length()];
        for (int i = 0; i < set.length; i++) {
            set[i] = pixels.charAt(i) == '#';
        }
        return Mask.of(10, 4, set);
    }
}
