package dev.irstd.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts an image where targets and predictions agree if they overlap and the centres of their boxes are close. */
final class OverlapCount {
    private OverlapCount() {}

    static TargetMetrics of(ImagePair pair, TargetProtocol protocol) {
        List<Region> targets = pair.truth().components();
        List<Region> predictions = pair.prediction().components();
        if (targets.isEmpty() || predictions.isEmpty()) {
            int counted = targets.isEmpty() ? 0 : 1;
            return new TargetMetrics(protocol, 1, pair.pixels(), counted, 0, 0, 0, 0, CentroidErrors.NONE);
        }
        Map<Region, Double> errorOfTarget = new IdentityHashMap<>();
        Set<Region> matched = new HashSet<>();
        for (Match match : matches(pair, protocol)) {
            errorOfTarget.merge(match.target(), match.error(), Math::min);
            matched.add(match.prediction());
        }
        long falsePixels = pair.prediction().area()
                - matched.stream().mapToLong(Region::area).sum();
        return new TargetMetrics(
                protocol,
                1,
                pair.pixels(),
                targets.size(),
                errorOfTarget.size(),
                predictions.size(),
                matched.size(),
                falsePixels,
                CentroidErrors.of(errorOfTarget.values().stream().mapToDouble(Double::doubleValue)));
    }

    static List<Match> matches(ImagePair pair, TargetProtocol protocol) {
        List<Match> matches = new ArrayList<>();
        for (Region target : pair.truth().components()) {
            for (Region prediction : overlapping(pair, target)) {
                if (target.boxDistance(prediction) <= protocol.matchingDistance()) {
                    matches.add(Match.of(target, prediction));
                }
            }
        }
        return matches;
    }

    private static Set<Region> overlapping(ImagePair pair, Region target) {
        Set<Region> predictions = new HashSet<>();
        for (int y = target.top(); y <= target.bottom(); y++) {
            for (int x = target.left(); x <= target.right(); x++) {
                int pixel = y * pair.truth().width() + x;
                Region prediction = pair.prediction().at(pixel);
                if (prediction != null && pair.truth().at(pixel) == target) {
                    predictions.add(prediction);
                }
            }
        }
        return predictions;
    }
}
