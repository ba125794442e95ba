package dev.irstd.metrics;

/** How a {@link TargetProtocol} pairs true targets with predicted ones. Both are 8-connected components. */
public enum Matching {
    /**
     * Targets in raster order of their first pixel; each takes the <em>first</em> prediction, in the same order, that is
     * still free and whose centroid lies closer than the matching distance. Not the nearest one, and never at exactly
     * that distance.
     */
    FIRST_IN_RASTER_ORDER
}
