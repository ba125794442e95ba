package dev.irstd.metrics;

import java.util.Arrays;

/**
 * Pairs targets with predictions one to one: as many pairs as possible, and of all ways to do so the one of least total
 * distance. Adds pair after pair along the cheapest path that takes and gives back predictions in turn, which keeps each
 * number of pairs at its least total.
 */
final class OptimalAssignment {
    private static final int NONE = -1;
    /** Distances that differ by less are equal but for rounding. */
    private static final double TIE = 1e-10;

    private final double[][] distances;
    private final int predictions;
    private final int[] predictionOf;
    private final int[] targetOf;

    private OptimalAssignment(double[][] distances, int predictions) {
        this.distances = distances;
        this.predictions = predictions;
        this.predictionOf = new int[distances.length];
        this.targetOf = new int[predictions];
        Arrays.fill(predictionOf, NONE);
        Arrays.fill(targetOf, NONE);
    }

    /**
     * Finds the assignment.
     *
     * @param distances from each target to each prediction; infinite where they must not be paired
     * @param predictions number of predictions
     * @return the prediction of each target, or -1
     */
    static int[] of(double[][] distances, int predictions) {
        OptimalAssignment assignment = new OptimalAssignment(distances, predictions);
        boolean extended;
        do {
            extended = assignment.extend();
        } while (extended);
        return assignment.predictionOf;
    }

    /** Adds a pair; tells whether there was one to add. */
    private boolean extend() {
        double[] costOfTarget = new double[distances.length];
        double[] costOfPrediction = new double[predictions];
        int[] reachedFrom = new int[predictions];
        Arrays.setAll(costOfTarget, target -> predictionOf[target] == NONE ? 0 : Double.POSITIVE_INFINITY);
        Arrays.fill(costOfPrediction, Double.POSITIVE_INFINITY);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int target = 0; target < distances.length; target++) {
                for (int prediction = 0; prediction < predictions; prediction++) {
                    double cost = costOfTarget[target] + distances[target][prediction];
                    if (cost < costOfPrediction[prediction] - TIE) {
                        costOfPrediction[prediction] = cost;
                        reachedFrom[prediction] = target;
                        int owner = targetOf[prediction];
                        if (owner != NONE) {
                            costOfTarget[owner] = cost - distances[owner][prediction];
                        }
                        changed = true;
                    }
                }
            }
        }
        int end = cheapestFree(costOfPrediction);
        boolean found = end != NONE;
        while (end != NONE) {
            int target = reachedFrom[end];
            int given = predictionOf[target];
            predictionOf[target] = end;
            targetOf[end] = target;
            end = given;
        }
        return found;
    }

    private int cheapestFree(double[] costs) {
        int cheapest = NONE;
        for (int prediction = 0; prediction < predictions; prediction++) {
            double least = cheapest == NONE ? Double.POSITIVE_INFINITY : costs[cheapest] - TIE;
            if (targetOf[prediction] == NONE && costs[prediction] < least) {
                cheapest = prediction;
            }
        }
        return cheapest;
    }
}
