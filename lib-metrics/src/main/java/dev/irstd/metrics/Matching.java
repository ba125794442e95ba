package dev.irstd.metrics;

/** How a {@link TargetProtocol} relates true targets and predicted ones. Both are 8-connected components. */
public enum Matching {
    /**
     * Targets in raster order of their first pixel; each takes the <em>first</em> prediction, in the same order, that is
     * still free and whose centroid lies closer than the matching distance. Not the nearest one, and never at exactly
     * that distance.
     */
    FIRST_IN_RASTER_ORDER,

    /**
     * Pairs of one target and one prediction whose centroids lie closer than the matching distance: as many pairs as
     * possible, and of all such assignments the one of the smallest total distance. Finds no fewer targets than any other
     * one-to-one rule of the same distance; the order of the components decides between equal totals only.
     */
    MOST_PAIRS_THEN_NEAREST,

    /**
     * A target and a prediction agree if they share a pixel and the centres of their boxes lie no farther apart than the
     * matching distance. A target may agree with any number of predictions, and a prediction with any number of targets.
     *
     * <p>Only images with a target enter. Without a prediction, such an image counts a single target, however many it
     * has: so does the code that the rule is taken from.
     */
    OVERLAP_AND_BOX_CENTRE
}
