package dev.irstd.metrics;

import dev.irstd.Component;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The predicted regions of an image and the true ones, shared by all protocols.
 *
 * @param prediction what a detector says
 * @param truth what is there, of the same size
 */
record ImagePair(Regions prediction, Regions truth) {

    TargetMetrics count(TargetProtocol protocol) {
        List<Component> unmatched = new ArrayList<>(prediction.components());
        List<Component> matched =
                switch (protocol.matching()) {
                    case FIRST_IN_RASTER_ORDER -> takeFirstInRasterOrder(unmatched, protocol.matchingDistance());
                };
        long falsePixels =
                switch (protocol.falseAlarm()) {
                    case UNMATCHED_PIXELS -> area(unmatched);
                    case PIXELS_OF_AREAS_NOT_MATCHED, PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512 ->
                        areaUnlike(matched, unmatched);
                };
        return new TargetMetrics(
                protocol,
                1,
                truth.mask().width() * truth.mask().height(),
                truth.components().size(),
                matched.size(),
                prediction.components().size(),
                matched.size(),
                falsePixels);
    }

    /** Moves the predictions that a target takes out of those that are free. */
    private List<Component> takeFirstInRasterOrder(List<Component> free, double distance) {
        List<Component> taken = new ArrayList<>();
        for (Component target : truth.components()) {
            for (Iterator<Component> rest = free.iterator(); rest.hasNext(); ) {
                Component candidate = rest.next();
                if (centroidDistance(candidate, target) < distance) {
                    rest.remove();
                    taken.add(candidate);
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
                .mapToLong(Component::area)
                .filter(area -> !forgotten.contains((int) area))
                .sum();
    }
}
