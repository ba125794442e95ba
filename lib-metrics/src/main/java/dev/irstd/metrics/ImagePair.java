package dev.irstd.metrics;

import dev.irstd.Component;
import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The components of a predicted mask and of the true one, found once for all protocols.
 *
 * @param pixels pixels of the image
 * @param predictions predicted components in raster order of their first pixel
 * @param targets true components in raster order of their first pixel
 */
record ImagePair(int pixels, List<Component> predictions, List<Component> targets) {

    static ImagePair of(Mask prediction, Mask truth) {
        return new ImagePair(truth.width() * truth.height(), prediction.components(), truth.components());
    }

    TargetMetrics count(TargetProtocol protocol) {
        List<Component> unmatched = new ArrayList<>(predictions);
        List<Component> matched =
                switch (protocol.matching()) {
                    case FIRST_IN_RASTER_ORDER -> takeFirstInRasterOrder(unmatched, protocol.matchingDistance());
                };
        long falsePixels =
                switch (protocol.falseAlarm()) {
                    case UNMATCHED_PIXELS -> area(unmatched);
                    case PIXELS_OF_AREAS_NOT_MATCHED -> areaUnlike(matched, unmatched);
                };
        return new TargetMetrics(
                protocol, 1, pixels, targets.size(), matched.size(), predictions.size(), matched.size(), falsePixels);
    }

    /** Moves the predictions that a target takes out of those that are free. */
    private List<Component> takeFirstInRasterOrder(List<Component> free, double distance) {
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
                .mapToLong(Component::area)
                .filter(area -> !forgotten.contains((int) area))
                .sum();
    }
}
