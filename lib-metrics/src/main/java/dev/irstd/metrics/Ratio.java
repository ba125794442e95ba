package dev.irstd.metrics;

/** A ratio of counts. */
final class Ratio {
    private Ratio() {}

    /** NaN for 0/0. */
    static double of(long part, long whole) {
        return (double) part / whole;
    }
}
