package dev.irstd.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test of paired figures, given the ranks that there are, shared ones included. Commons Math has
 * one, whose normal approximation is corrected for continuity in the wrong direction (3.6.1).
 */
final class SignedRank {
    /** Above it the exact distribution, whose cost grows with the cube of the pairs, gives way to the normal one. */
    static final int MOST_EXACT = 500;

    private SignedRank() {}

    /**
     * Tests whether figures differ.
     *
     * @return the two-sided p-value; pairs that are equal or undefined do not enter, and without any other it is 1
     */
    static double p(double[] first, double[] second) {
        double[] differences = IntStream.range(0, first.length)
                .mapToDouble(i -> first[i] - second[i])
                .filter(difference -> difference < 0 || difference > 0)
                .toArray();
        if (differences.length == 0) {
            return 1;
        }
        int[] doubled = doubledRanks(differences);
        long above = 0;
        long all = 0;
        for (int i = 0; i < doubled.length; i++) {
            above += differences[i] > 0 ? doubled[i] : 0;
            all += doubled[i];
        }
        long rarer = Math.min(above, all - above);
        double share = doubled.length <= MOST_EXACT ? exact(doubled, (int) rarer) : normal(doubled, all, rarer);
        return Math.min(1, 2 * share);
    }

    /** Twice the ranks of the distances from 0: whole numbers, even where ties share a rank. */
    private static int[] doubledRanks(double[] differences) {
        double[] distances = Arrays.stream(differences).map(Math::abs).toArray();
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(distances);
        return Arrays.stream(ranks).mapToInt(rank -> (int) Math.round(2 * rank)).toArray();
    }

    /** The probability that the ranks above 0 sum to at most {@code sum} if each sign is a toss of a coin. */
    private static double exact(int[] ranks, int sum) {
        double[] probability = new double[sum + 1];
        probability[0] = 1;
        for (int rank : ranks) {
            for (int s = sum; s >= 0; s--) {
                probability[s] = (probability[s] + (s < rank ? 0 : probability[s - rank])) / 2;
            }
        }
        return Arrays.stream(probability).sum();
    }

    private static double normal(int[] ranks, long all, long sum) {
        double squares =
                Arrays.stream(ranks).mapToDouble(rank -> (double) rank * rank).sum();
        // Half a rank, which is 1 here, for continuity.
        return new NormalDistribution(all / 2.0, Math.sqrt(squares) / 2).cumulativeProbability(sum + 1);
    }
}
