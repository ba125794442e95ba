package dev.irstd.cli;

import dev.irstd.metrics.OperatingPoint;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.metrics.ThresholdSweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The thresholds of a curve, and what of it is worth drawing. */
final class RocPoints {
    /** As many as the official curves of RRCANet take. */
    private static final int STEPS = 300;

    private static final float[] NEAR_THE_ENDS = {1e-6f, 1e-5f, 1e-4f, 2e-4f, 5e-4f, 1e-3f, 2e-3f};

    private RocPoints() {}

    /** A corner of the curve. */
    record Corner(double fa, double pd) {}

    /** Even steps from 0 to 1, and some close to the ends, where networks put most pixels. */
    static float[] thresholds() {
        TreeSet<Float> thresholds = new TreeSet<>();
        for (float threshold : ThresholdSweep.evenThresholds(STEPS)) {
            thresholds.add(threshold);
        }
        for (float distance : NEAR_THE_ENDS) {
            thresholds.add(distance);
            thresholds.add(1 - distance);
        }
        float[] rising = new float[thresholds.size()];
        int next = 0;
        for (float threshold : thresholds) {
            rising[next++] = threshold;
        }
        return rising;
    }

    /** The best Pd that is reached without exceeding each Fa, by rising Fa: only where it gets better. */
    static List<Corner> best(List<OperatingPoint> points, TargetProtocol protocol) {
        List<Corner> rising = points.stream()
                .map(point -> point.metrics().targets(protocol))
                .filter(targets -> targets.pd() > 0)
                .sorted(Comparator.comparingDouble(TargetMetrics::fa).thenComparingDouble(targets -> -targets.pd()))
                .map(targets -> new Corner(targets.fa(), targets.pd()))
                .toList();
        List<Corner> best = new ArrayList<>();
        double highest = 0;
        for (Corner corner : rising) {
            if (corner.pd() > highest) {
                best.add(corner);
                highest = corner.pd();
            }
        }
        return best;
    }
}
