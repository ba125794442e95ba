package dev.irstd.metrics;

import dev.irstd.Component;
import dev.irstd.Mask;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static dev.irstd.metrics.TargetProtocol.LEGACY_AREA;
import static dev.irstd.metrics.TargetProtocol.MARKED;
import static dev.irstd.metrics.TargetProtocol.OPTIMAL_ASSIGNMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

class MetricPropertiesTest {

    @Property(tries = 100)
    void perfectPredictionHasPerfectFigures(@ForAll long seed) {
        Mask mask = Masks.random(20, 15, 0.3, new Random(seed));
        Assume.that(mask.area() > 0);

        Metrics metrics = count(mask, mask);

        assertThat(metrics.pixels().iou()).isEqualTo(1);
        assertThat(metrics.pixels().nIou(EmptyUnion.ZERO)).isEqualTo(1);
        assertThat(metrics.pixels().f1()).isEqualTo(1);
        assertThat(metrics.pixels().falsePositiveRate()).isZero();
        assertThat(metrics.targets().values()).allSatisfy(targets -> {
            assertThat(targets.pd()).isEqualTo(1);
            assertThat(targets.fa()).isZero();
            assertThat(targets.f1()).isEqualTo(1);
            assertThat(targets.centroidErrors().quantile(1)).isZero();
        });
    }

    @Property(tries = 100)
    void emptyPredictionFindsNothingAndRaisesNoAlarm(@ForAll long seed) {
        Mask truth = Masks.random(20, 15, 0.3, new Random(seed));
        Assume.that(truth.area() > 0);

        Metrics metrics = count(Masks.empty(20, 15), truth);

        assertThat(metrics.pixels().iou()).isZero();
        assertThat(metrics.pixels().nIou(EmptyUnion.ONE)).isZero();
        assertThat(metrics.pixels().precision()).isNaN();
        assertThat(metrics.targets().values()).allSatisfy(targets -> {
            assertThat(targets.pd()).isZero();
            assertThat(targets.fa()).isZero();
        });
    }

    @Property(tries = 300)
    void optimalAssignmentNeverFindsFewerTargetsThanTheLegacyOrder(@ForAll long seed) {
        Random random = new Random(seed);

        Metrics metrics = count(Masks.random(20, 15, 0.2, random), Masks.random(20, 15, 0.2, random));

        assertThat(metrics.targets(OPTIMAL_ASSIGNMENT).detectedTargets())
                .isGreaterThanOrEqualTo(metrics.targets(MARKED).detectedTargets())
                .isGreaterThanOrEqualTo(metrics.targets(LEGACY_AREA).detectedTargets());
    }

    @Property(tries = 100)
    void optimalAssignmentFindsAsManyTargetsInATransposedImage(@ForAll long seed) {
        Random random = new Random(seed);
        Mask prediction = Masks.random(20, 15, 0.2, random);
        Mask truth = Masks.random(20, 15, 0.2, random);
        Assume.that(noCentroidsLieAtALimit(prediction, truth));

        TargetMetrics upright = count(prediction, truth).targets(OPTIMAL_ASSIGNMENT);
        TargetMetrics transposed =
                count(transposed(prediction), transposed(truth)).targets(OPTIMAL_ASSIGNMENT);

        assertThat(transposed.detectedTargets()).isEqualTo(upright.detectedTargets());
        Assume.that(upright.detectedTargets() > 0);
        assertThat(transposed.centroidErrors().mean())
                .isEqualTo(upright.centroidErrors().mean(), withPrecision(1e-9));
    }

    @Property(tries = 100)
    void figuresDoNotDependOnWhereTheSceneLies(
            @ForAll @IntRange(max = 9) int dx, @ForAll @IntRange(max = 9) int dy, @ForAll long seed) {
        Random random = new Random(seed);
        Mask prediction = Masks.random(20, 15, 0.2, random);
        Mask truth = Masks.random(20, 15, 0.2, random);
        Assume.that(noCentroidsLieAtALimit(prediction, truth));

        Metrics here = count(moved(prediction, 0, 0), moved(truth, 0, 0));
        Metrics there = count(moved(prediction, dx, dy), moved(truth, dx, dy));

        assertThat(there.pixels()).isEqualTo(here.pixels());
        for (TargetProtocol protocol : TargetProtocol.values()) {
            assertThat(there.targets(protocol))
                    .usingRecursiveComparison()
                    .ignoringFields("centroidErrors")
                    .isEqualTo(here.targets(protocol));
        }
    }

    /** Rounding decides whether centroids that lie exactly at a limit match, in the official code too. */
    private static boolean noCentroidsLieAtALimit(Mask prediction, Mask truth) {
        for (Component a : prediction.components()) {
            for (Component b : truth.components()) {
                double distance = Math.hypot(a.x() - b.x(), a.y() - b.y());
                boolean atLimit = Math.abs(distance - 2) < 1e-9 || Math.abs(distance - 3) < 1e-9;
                if (atLimit && !(isExact(a) && isExact(b))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isExact(Component component) {
        return 8 * component.x() % 1 == 0 && 8 * component.y() % 1 == 0;
    }

    private static Metrics count(Mask prediction, Mask truth) {
        return new MetricsAccumulator(TargetProtocol.values()).add(prediction, truth);
    }

    private static Mask moved(Mask mask, int dx, int dy) {
        boolean[] pixels = new boolean[30 * 25];
        for (int i = 0; i < mask.width() * mask.height(); i++) {
            int x = i % mask.width();
            int y = i / mask.width();
            pixels[(y + dy) * 30 + x + dx] = mask.get(x, y);
        }
        return Mask.of(30, 25, pixels);
    }

    private static Mask transposed(Mask mask) {
        boolean[] pixels = new boolean[mask.width() * mask.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = mask.get(i / mask.height(), i % mask.height());
        }
        return Mask.of(mask.height(), mask.width(), pixels);
    }
}
