package dev.irstd.metrics;

import dev.irstd.Component;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Counts an image where each target takes at most one prediction, and false alarms are pixels. */
final class OneToOneCount {
    private OneToOneCount() {}

    static TargetMetrics of(ImagePair pair, TargetProtocol protocol) {
        List<Component> targets = pair.truth().components();
        List<Component> predictions = pair.prediction().components();
        List<Component> unmatched = new ArrayList<>(predictions);
        List<Component> matched = takeFirstInRasterOrder(targets, unmatched, protocol.matchingDistance());
        long falsePixels =
                switch (protocol.falseAlarm()) {
                    case UNMATCHED_PIXELS, UNMATCHED_COMPONENTS -> area(unmatched);
                    case PIXELS_OF_AREAS_NOT_MATCHED, PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512 ->
                        areaUnlike(matched, unmatched);
                };
        return new TargetMetrics(
                protocol,
                1,
                pair.pixels(),
                targets.size(),
                matched.size(),
                predictions.size(),
                matched.size(),
                falsePixels);
    }

    /** Moves the predictions that a target takes out of those that are free. */
    private static List<Component> takeFirstInRasterOrder(
            List<Component> targets, List<Component> free, double distance) {
        List<Component> taken = new ArrayList<>();
        for (Component target : targets) {
            for (Iterator<Component> rest = free.iterator(); rest.hasNext(); ) {
                Component prediction = rest.next();
                if (centroidDistance(prediction, target) < distance) {
                    rest.remove();
                    taken.add(prediction);
                    break;
                }
            }
        }
        return taken;
    }

    private static double centroidDistance(Component a, Component b) {
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        return Math.sqrt(dx * dx + dy * dy);
    }

    private static long area(List<Component> components) {
        return components.stream().mapToLong(Component::area).sum();
    }

    private static long areaUnlike(List<Component> matched, List<Component> unmatched) {
        Set<Integer> forgotten = new HashSet<>();
        matched.forEach(component -> forgotten.add(component.area()));
        return unmatched.stream()
                .filter(component -> !forgotten.contains(component.area()))
                .mapToLong(Component::area)
                .sum();
    }
}
