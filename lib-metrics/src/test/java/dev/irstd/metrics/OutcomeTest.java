package dev.irstd.metrics;

import dev.irstd.Box;
import dev.irstd.Mask;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeTest {
    private static final Mask TRUTH = Masks.of(
            "...........", //
            ".##.....##.",
            ".##.....##.",
            "...........");
    private static final Mask PREDICTION = Masks.of(
            ".##........", //
            ".##........",
            "...........",
            "....#......");

    @ParameterizedTest
    @EnumSource
    void tellsFoundMissedAndFalse(TargetProtocol protocol) {
        Outcome outcome = Outcome.of(PREDICTION, TRUTH, protocol);

        assertThat(outcome.found()).containsExactly(new Box(1, 1, 2, 2));
        assertThat(outcome.missed()).containsExactly(new Box(8, 1, 2, 2));
        assertThat(outcome.falseAlarms()).containsExactly(new Box(4, 3, 1, 1));
    }

    /** LPNETGA's quirks on images that lack targets or predictions are in its counts alone. */
    @Property(tries = 200)
    void agreesWithTheCounts(@ForAll long seed, @ForAll TargetProtocol protocol) {
        Random random = new Random(seed);
        Mask prediction = Masks.random(24, 16, 0.2, random);
        Mask truth = Masks.random(24, 16, 0.2, random);
        TargetMetrics counted =
                new MetricsAccumulator(protocol).add(prediction, truth).targets(protocol);

        Outcome outcome = Outcome.of(prediction, truth, protocol);

        assertThat(outcome.found()).hasSize((int) counted.detectedTargets());
        if (prediction.area() > 0 && truth.area() > 0) {
            assertThat(outcome.missed()).hasSize((int) (counted.targets() - counted.detectedTargets()));
            assertThat(outcome.falseAlarms()).hasSize((int) (counted.predictions() - counted.matchedPredictions()));
        }
    }
}
