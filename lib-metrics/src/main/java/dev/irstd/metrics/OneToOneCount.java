package dev.irstd.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Counts an image where each target takes at most one prediction, and false alarms are pixels. */
final class OneToOneCount {
    private OneToOneCount() {}

    static TargetMetrics of(ImagePair pair, TargetProtocol protocol) {
        List<Match> matches = matches(pair, protocol);
        return new TargetMetrics(
                protocol,
                1,
                pair.pixels(),
                pair.truth().components().size(),
                matches.size(),
                pair.prediction().components().size(),
                matches.size(),
                falsePixels(pair, matches, protocol.falseAlarm()),
                CentroidErrors.of(matches.stream().mapToDouble(Match::error)));
    }

    static List<Match> matches(ImagePair pair, TargetProtocol protocol) {
        List<Region> targets = pair.truth().components();
        double limit = protocol.matchingDistance();
        List<Region> near = near(targets, pair.prediction().components(), limit);
        return protocol.matching() == Matching.MOST_PAIRS_THEN_NEAREST
                ? mostPairs(targets, near, limit)
                : firstInRasterOrder(targets, near, limit);
    }

    /** The predictions that any target could take: few, even where there are thousands. */
    private static List<Region> near(List<Region> targets, List<Region> predictions, double limit) {
        List<Region> near = new ArrayList<>();
        for (Region prediction : predictions) {
            for (Region target : targets) {
                if (prediction.centroidDistance(target) < limit) {
                    near.add(prediction);
                    break;
                }
            }
        }
        return near;
    }

    private static List<Match> firstInRasterOrder(List<Region> targets, List<Region> near, double limit) {
        List<Region> free = new ArrayList<>(near);
        List<Match> matches = new ArrayList<>();
        for (Region target : targets) {
            for (Iterator<Region> rest = free.iterator(); rest.hasNext(); ) {
                Region prediction = rest.next();
                double distance = prediction.centroidDistance(target);
                if (distance < limit) {
                    rest.remove();
                    matches.add(new Match(target, prediction, distance));
                    break;
                }
            }
        }
        return matches;
    }

    private static List<Match> mostPairs(List<Region> targets, List<Region> near, double limit) {
        double[][] distances = new double[targets.size()][near.size()];
        for (int target = 0; target < targets.size(); target++) {
            for (int prediction = 0; prediction < near.size(); prediction++) {
                double distance = near.get(prediction).centroidDistance(targets.get(target));
                distances[target][prediction] = distance < limit ? distance : Double.POSITIVE_INFINITY;
            }
        }
        int[] assignment = OptimalAssignment.of(distances, near.size());
        List<Match> matches = new ArrayList<>();
        for (int target = 0; target < assignment.length; target++) {
            int prediction = assignment[target];
            if (prediction >= 0) {
                matches.add(Match.of(targets.get(target), near.get(prediction)));
            }
        }
        return matches;
    }

    private static long falsePixels(ImagePair pair, List<Match> matches, FalseAlarm falseAlarm) {
        return switch (falseAlarm) {
            case UNMATCHED_PIXELS, UNMATCHED_COMPONENTS ->
                pair.prediction().area()
                        - matches.stream()
                                .mapToLong(match -> match.prediction().area())
                                .sum();
            case PIXELS_OF_AREAS_NOT_MATCHED, PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512 -> {
                Set<Integer> forgotten = new HashSet<>();
                matches.forEach(match -> forgotten.add(match.prediction().area()));
                yield pair.prediction().components().stream()
                        .mapToLong(Region::area)
                        .filter(area -> !forgotten.contains((int) area))
                        .sum();
            }
        };
    }
}
