package dev.irstd.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SignedRankTest {
    /** The critical values of tables, two-sided at 5 %: the largest rank sum that is significant. */
    @ParameterizedTest
    @CsvSource({"6, 0", "8, 3", "10, 8", "15, 25", "20, 52", "21, 58", "25, 89", "30, 137", "40, 264", "50, 434"})
    void agreesWithTables(int pairs, int critical) {
        assertThat(p(pairs, critical)).isLessThanOrEqualTo(0.05);
        assertThat(p(pairs, critical + 1)).isGreaterThan(0.05);
    }

    @Test
    void isExactForFewPairs() {
        // Of the 1024 ways to give ten ranks signs, 25 have a sum of at most 8.
        assertThat(p(10, 8)).isEqualTo(50 / 1024.0, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"52000", "55000", "58000", "60000"})
    void goesOnWithoutAStepWhereItBecomesNormal(int sum) {
        int more = SignedRank.MOST_EXACT + 1;
        // One pair more has a mean that is higher by half its rank, and a deviation that hardly differs.
        double exact = p(SignedRank.MOST_EXACT, sum);

        assertThat(p(more, sum + more / 2)).isEqualTo(exact, within(0.02 * exact + 1e-4));
    }

    @Test
    void leavesOutPairsThatAreEqualOrUndefined() {
        double[] first = {1, 2, 3, Double.NaN, 5, 4};
        double[] second = {0, 0, 0, 1, Double.NaN, 4};

        assertThat(SignedRank.p(first, second)).isEqualTo(2 / 8.0);
        assertThat(SignedRank.p(new double[] {4}, new double[] {4})).isEqualTo(1);
    }

    @Test
    void tiesShareARank() {
        // Ranks 1.5, 1.5 and 3: of the 8 ways, the two signs of the largest alone give a sum of 3 or less on one side.
        assertThat(SignedRank.p(new double[] {1, 1, -2}, new double[3])).isEqualTo(1);
        assertThat(SignedRank.p(new double[] {1, 1, 2}, new double[3])).isEqualTo(0.25);
        assertThat(SignedRank.p(new double[] {-1, 1, 2}, new double[3])).isEqualTo(0.75);
    }

    @Property(tries = 200)
    void isAProbabilityThatDoesNotDependOnTheOrderOfDetectors(
            @ForAll @Size(min = 1, max = 60) double @DoubleRange(min = 0, max = 1) [] first) {
        double[] second = IntStream.range(0, first.length)
                .mapToDouble(i -> first[first.length - 1 - i] * 0.9)
                .toArray();

        double p = SignedRank.p(first, second);

        assertThat(p).isBetween(0.0, 1.0).isEqualTo(SignedRank.p(second, first), within(1e-12));
    }

    /** Pairs whose distances are 1, 2, 3 and so on, with those above 0 summing to {@code sum}. */
    private static double p(int pairs, int sum) {
        double[] differences = new double[pairs];
        int left = sum;
        for (int rank = pairs; rank > 0; rank--) {
            boolean above = rank <= left;
            left -= above ? rank : 0;
            differences[rank - 1] = above ? rank : -rank;
        }
        assertThat(Arrays.stream(differences).filter(d -> d > 0).sum()).isEqualTo(sum);
        return SignedRank.p(differences, new double[pairs]);
    }
}
