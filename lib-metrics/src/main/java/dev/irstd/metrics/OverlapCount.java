package dev.irstd.metrics;

import dev.irstd.Box;
import dev.irstd.Component;
import java.util.BitSet;
import java.util.List;

/** Counts an image where targets and predictions agree if they overlap and the centres of their boxes are close. */
final class OverlapCount {
    private OverlapCount() {}

    static TargetMetrics of(ImagePair pair, TargetProtocol protocol) {
        List<Component> targets = pair.truth().components();
        List<Component> predictions = pair.prediction().components();
        if (targets.isEmpty()) {
            return new TargetMetrics(protocol, 1, pair.pixels(), 0, 0, 0, 0, 0);
        }
        if (predictions.isEmpty()) {
            return new TargetMetrics(protocol, 1, pair.pixels(), 1, 0, 0, 0, 0);
        }
        BitSet detected = new BitSet();
        BitSet matched = new BitSet();
        int[] targetAt = pair.truth().labels();
        int[] predictionAt = pair.prediction().labels();
        for (int pixel = 0; pixel < targetAt.length; pixel++) {
            int target = targetAt[pixel];
            int prediction = predictionAt[pixel];
            if (target >= 0
                    && prediction >= 0
                    && centreDistance(
                                    targets.get(target).box(),
                                    predictions.get(prediction).box())
                            <= protocol.matchingDistance()) {
                detected.set(target);
                matched.set(prediction);
            }
        }
        long falsePixels = 0;
        for (int i = 0; i < predictions.size(); i++) {
            falsePixels += matched.get(i) ? 0 : predictions.get(i).area();
        }
        return new TargetMetrics(
                protocol,
                1,
                pair.pixels(),
                targets.size(),
                detected.cardinality(),
                predictions.size(),
                matched.cardinality(),
                falsePixels);
    }

    private static double centreDistance(Box a, Box b) {
        double dx = a.x() + a.width() / 2.0 - (b.x() + b.width() / 2.0);
        double dy = a.y() + a.height() / 2.0 - (b.y() + b.height() / 2.0);
        return Math.sqrt(dx * dx + dy * dy);
    }
}
