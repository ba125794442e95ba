package dev.irstd.cli;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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

    IntStream exponents() {
        return IntStream.rangeClosed(first, last);
    }
}
