package dev.irstd.metrics;

import dev.irstd.Mask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PixelMetricsTest {

    @Test
    void countsPixelsOfThreeKinds() {
        PixelMetrics pixels = count(Masks.of("####."), Masks.of("..###"));

        assertThat(pixels).isEqualTo(new PixelMetrics(1, 0, 2, 2, 1, 0, 2.0 / 5));
        assertThat(pixels.iou()).isEqualTo(2.0 / 5);
        assertThat(pixels.precision()).isEqualTo(2.0 / 4);
        assertThat(pixels.recall()).isEqualTo(2.0 / 3);
        assertThat(pixels.f1()).isEqualTo(4.0 / 7);
    }

    @Test
    void iouWeighsPixelsAndNIouWeighsImages() {
        MetricsAccumulator accumulator = new MetricsAccumulator();
        accumulator.add(Masks.of("########"), Masks.of("########"));
        accumulator.add(Masks.of("#......."), Masks.of(".#......"));

        PixelMetrics pixels = accumulator.metrics().pixels();
        assertThat(pixels.iou()).isEqualTo(8.0 / 10);
        assertThat(pixels.nIou(EmptyUnion.ONE)).isEqualTo((1.0 + 0.0) / 2);
    }

    @Test
    void emptyUnionCountsAsTheConventionSays() {
        MetricsAccumulator accumulator = new MetricsAccumulator();
        accumulator.add(Masks.of("##.."), Masks.of("#..."));
        accumulator.add(Masks.of("...."), Masks.of("...."));

        PixelMetrics pixels = accumulator.metrics().pixels();
        assertThat(pixels.nIou(EmptyUnion.ONE)).isEqualTo((0.5 + 1) / 2);
        assertThat(pixels.nIou(EmptyUnion.SKIP)).isEqualTo(0.5);
        assertThat(pixels.nIou(EmptyUnion.ZERO)).isEqualTo((0.5 + 0) / 2);
    }

    @Test
    void predictionOnAnEmptyTruthCountsZeroUnderEveryConvention() {
        PixelMetrics pixels = count(Masks.of("#..."), Masks.of("...."));

        for (EmptyUnion convention : EmptyUnion.values()) {
            assertThat(pixels.nIou(convention)).isZero();
        }
        assertThat(pixels.recall()).isNaN();
    }

    @Test
    void everyFigureIsUndefinedWithoutImages() {
        PixelMetrics pixels = new MetricsAccumulator().metrics().pixels();

        assertThat(new double[] {
                    pixels.iou(),
                    pixels.precision(),
                    pixels.recall(),
                    pixels.f1(),
                    pixels.nIou(EmptyUnion.ONE),
                    pixels.nIou(EmptyUnion.SKIP),
                    pixels.nIou(EmptyUnion.ZERO)
                })
                .containsOnly(Double.NaN);
    }

    private static PixelMetrics count(Mask prediction, Mask truth) {
        MetricsAccumulator accumulator = new MetricsAccumulator();
        accumulator.add(prediction, truth);
        return accumulator.metrics().pixels();
    }
}
