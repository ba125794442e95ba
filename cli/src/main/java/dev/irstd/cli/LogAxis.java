package dev.irstd.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis over whole decades.
 *
 * @param first exponent of its start
 * @param last exponent of its end, above the first
 */
record LogAxis(int first, int last) {
    /** Holds all values above 0; those below its start, such as 0, are put there. */
    static LogAxis around(DoubleStream values) {
        double[] positive = values.filter(value -> value > 0 && Double.isFinite(value))
                .sorted()
                .toArray();
        if (positive.length == 0) {
            return new LogAxis(-6, 0);
        }
        int first = (int) Math.floor(Math.log10(positive[0]));
        int last = (int) Math.ceil(Math.log10(positive[positive.length - 1]));
        return new LogAxis(first, Math.max(last, first + 1));
    }

    /** Where a value lies, from 0 at the start to 1 at the end. */
    double position(double value) {
        double exponent = value > 0 ? Math.log10(value) : first;
        return Math.min(Math.max((exponent - first) / (last - first), 0), 1);
    }

    /** The decades; in between 2 and 5 as well, where there are few of them. */
    List<Tick> ticks() {
        int[] factors = last - first <= 3 ? new int[] {1, 2, 5} : new int[] {1};
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = first; exponent < last; exponent++) {
            for (int factor : factors) {
                ticks.add(new Tick(factor, exponent));
            }
        }
        ticks.add(new Tick(1, last));
        return ticks;
    }

    record Tick(int factor, int exponent) {
        double value() {
            return factor * Math.pow(10, exponent);
        }

        @Override
        public String toString() {
            return factor + "e" + exponent;
        }
    }
}
