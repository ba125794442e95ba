package dev.irstd.training;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CosineScheduleTest {
    /** Warm-up of 3 steps: quarters; then half a cosine from step 3 to step 7 with its middle at step 5. */
    @ParameterizedTest
    @CsvSource({"0, 0.25", "1, 0.5", "2, 0.75", "3, 1", "4, 0.8681981", "5, 0.55", "6, 0.2318019", "7, 0.1"})
    void risesLinearlyThenFallsAlongACosine(long step, double factor) {
        assertThat(new CosineSchedule(3, 0.1).factor(step, 8)).isCloseTo(factor, Offset.offset(1e-7));
    }

    @Property(tries = 200)
    void neverFallsInTheRiseNorRisesInTheFall(
            @ForAll @IntRange(max = 60) int warmup,
            @ForAll @DoubleRange(max = 1) double floor,
            @ForAll @IntRange(min = 1, max = 80) int steps) {
        CosineSchedule schedule = new CosineSchedule(warmup, floor);
        int rise = Math.min(warmup, steps / 2);

        double before = 0;
        for (int step = 0; step < steps; step++) {
            double factor = schedule.factor(step, steps);
            if (step <= rise) {
                assertThat(factor).isGreaterThan(before).isLessThanOrEqualTo(1);
            } else {
                assertThat(factor).isLessThanOrEqualTo(before).isGreaterThanOrEqualTo(floor - 1e-12);
            }
            before = factor;
        }
    }

    @Property(tries = 200)
    void endsAtTheFloorHoweverShort(
            @ForAll @IntRange(max = 60) int warmup,
            @ForAll @DoubleRange(max = 1) double floor,
            @ForAll @IntRange(min = 3, max = 80) int steps) {
        CosineSchedule schedule = new CosineSchedule(warmup, floor);

        assertThat(schedule.factor(steps - 1, steps)).isCloseTo(floor, Offset.offset(1e-12));
        assertThat(schedule.factor(Math.min(warmup, steps / 2), steps)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 5", "0, 0"})
    void refusesStepsThatAreNotTaken(long step, long steps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosineSchedule(2, 0.1).factor(step, steps))
                .withMessageContaining("no step " + step + " among " + steps);
    }

    @Test
    void refusesSenselessSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosineSchedule(-1, 0.5))
                .withMessageContaining("-1 warm-up steps");
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(0, -0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(0, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(0, Double.NaN));
    }
}
