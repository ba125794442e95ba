package dev.irstd.cli;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** An axis in steps of a tenth that holds all values; values below its start are put there. */
record PdAxis(int firstTenth, int lastTenth) {
    static PdAxis around(double[] values) {
        double lowest = DoubleStream.of(values).min().orElse(0);
        double highest = DoubleStream.of(values).max().orElse(1);
        int last = Math.max(10, (int) Math.ceil(10 * highest));
        int first = (int) Math.floor(10 * lowest);
        return new PdAxis(Math.max(0, Math.min(first, last - 2)), last);
    }

    /** Where a value lies, from 0 at the start to 1 at the end. */
    double position(double value) {
        return Math.max(0, (10 * value - firstTenth) / (lastTenth - firstTenth));
    }

    IntStream tenths() {
        return IntStream.rangeClosed(firstTenth, lastTenth);
    }
}
