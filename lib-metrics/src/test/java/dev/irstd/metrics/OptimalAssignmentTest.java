package dev.irstd.metrics;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

class OptimalAssignmentTest {

    /** Pairs and their total distance. */
    private record Result(int pairs, double total) {

        boolean isBetterThan(Result other) {
            return pairs > other.pairs || pairs == other.pairs && total < other.total;
        }
    }

    @Property(tries = 500)
    void findsTheBestOfAllAssignments(
            @ForAll @IntRange(max = 5) int targets, @ForAll @IntRange(max = 5) int predictions, @ForAll long seed) {
        Random random = new Random(seed);
        double reach = random.nextDouble();
        double[][] distances = new double[targets][predictions];
        for (double[] row : distances) {
            // Quarters, so that many totals are equal
            Arrays.setAll(row, i -> random.nextDouble() < reach ? random.nextInt(12) / 4.0 : Double.POSITIVE_INFINITY);
        }

        int[] assignment = OptimalAssignment.of(distances, predictions);

        int pairs = 0;
        double total = 0;
        for (int target = 0; target < targets; target++) {
            if (assignment[target] >= 0) {
                pairs++;
                total += distances[target][assignment[target]];
            }
        }
        assertThat(Arrays.stream(assignment).filter(prediction -> prediction >= 0))
                .doesNotHaveDuplicates();
        Result best = best(distances, 0, new boolean[predictions]);
        assertThat(pairs).isEqualTo(best.pairs());
        assertThat(total).isEqualTo(best.total(), withPrecision(1e-9));
    }

    /** Tries every way to assign the targets from {@code target} on. */
    private static Result best(double[][] distances, int target, boolean[] taken) {
        if (target == distances.length) {
            return new Result(0, 0);
        }
        Result best = best(distances, target + 1, taken);
        for (int prediction = 0; prediction < taken.length; prediction++) {
            if (!taken[prediction] && Double.isFinite(distances[target][prediction])) {
                taken[prediction] = true;
                Result rest = best(distances, target + 1, taken);
                taken[prediction] = false;
                Result with = new Result(rest.pairs() + 1, rest.total() + distances[target][prediction]);
                best = with.isBetterThan(best) ? with : best;
            }
        }
        return best;
    }
}
