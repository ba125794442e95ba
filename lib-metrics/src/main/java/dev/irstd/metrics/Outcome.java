package dev.irstd.metrics;

import dev.irstd.Box;
import dev.irstd.Mask;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which targets of an image were found and which predictions are false, each by its box: what {@link TargetMetrics} counts,
 * to be shown. Immutable.
 *
 * <p>Every prediction that belongs to no target is a false alarm here, those that a protocol forgets to count
 * ({@link FalseAlarm#PIXELS_OF_AREAS_NOT_MATCHED}) too.
 *
 * @param found targets that a prediction belongs to
 * @param missed the other targets
 * @param falseAlarms predictions that belong to no target
 */
public record Outcome(List<Box> found, List<Box> missed, List<Box> falseAlarms) {

    /**
     * Copies the lists.
     *
     * @param found targets that a prediction belongs to
     * @param missed the other targets
     * @param falseAlarms predictions that belong to no target
     */
    public Outcome {
        found = List.copyOf(found);
        missed = List.copyOf(missed);
        falseAlarms = List.copyOf(falseAlarms);
    }

    /**
     * Compares a prediction with the truth.
     *
     * @param prediction what a detector says
     * @param truth what is there, of the same size
     * @param protocol what belongs together
     * @return the boxes, each list in raster order of the components' first pixels
     * @throws IllegalArgumentException if the sizes differ
     */
    public static Outcome of(Mask prediction, Mask truth, TargetProtocol protocol) {
        ImagePair pair = ImagePair.of(prediction, truth);
        Set<Region> matched = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Match match : pair.matches(protocol)) {
            matched.add(match.target());
            matched.add(match.prediction());
        }
        return new Outcome(
                boxes(pair.truth(), matched, true),
                boxes(pair.truth(), matched, false),
                boxes(pair.prediction(), matched, false));
    }

    private static List<Box> boxes(Regions regions, Set<Region> matched, boolean wanted) {
        return regions.components().stream()
                .filter(region -> matched.contains(region) == wanted)
                .map(Region::box)
                .toList();
    }
}
