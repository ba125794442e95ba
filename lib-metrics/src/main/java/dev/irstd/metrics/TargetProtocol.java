package dev.irstd.metrics;

/**
 * A way to count found targets and false alarms. Figures are comparable only under the same protocol: the published ones
 * are here for comparison with papers, and {@link #OPTIMAL_ASSIGNMENT} is the one to prefer.
 *
 * <p>Later versions may know more protocols.
 */
public enum TargetProtocol {
    /**
     * The evaluation code released with DNANet (Li et al., "Dense Nested Attention Network for Infrared Small Target
     * Detection", IEEE TIP 2023) and RRCANet, which most published Fa come from. It removes matched components by the
     * value of their area, so that Fa can only come out too low; see {@link FalseAlarm#PIXELS_OF_AREAS_NOT_MATCHED}.
     */
    LEGACY_AREA(Matching.FIRST_IN_RASTER_ORDER, 3, FalseAlarm.PIXELS_OF_AREAS_NOT_MATCHED),

    /**
     * The evaluation code of the BasicIRSTD collection (XinyiYing/BasicIRSTD): the same matching, with the matched
     * components themselves removed. What Pd and Fa are defined to be, but for the order in which targets take predictions.
     */
    MARKED(Matching.FIRST_IN_RASTER_ORDER, 3, FalseAlarm.UNMATCHED_PIXELS),

    /**
     * Recommended for new figures; an own definition. As {@link #MARKED}, but targets and predictions are assigned
     * optimally instead of in raster order: where several lie close, a target may no longer take the prediction that
     * another one needs. Pd is never below that of {@link #MARKED}, and does not change when the image is turned.
     */
    OPTIMAL_ASSIGNMENT(Matching.MOST_PAIRS_THEN_NEAREST, 3, FalseAlarm.UNMATCHED_PIXELS),

    /**
     * The evaluation code released with DCONet: as {@link #LEGACY_AREA}, but centroids must lie closer than 2 pixels, and
     * every image counts as 512 x 512 pixels in Fa. Its nIoU goes with {@link EmptyUnion#ZERO}.
     */
    DCONET(Matching.FIRST_IN_RASTER_ORDER, 2, FalseAlarm.PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512),

    /**
     * The evaluation code released with LPNetGA, without its limits on the area. Fragments of a target count as several
     * detections, so that Pd can exceed 1, and Fa is the mean number of false detections an image. It predicts where the
     * score <em>reaches</em> the threshold, and its pixel figures leave out the images without a target.
     */
    LPNETGA(Matching.OVERLAP_AND_BOX_CENTRE, 4, FalseAlarm.UNMATCHED_COMPONENTS);

    private final Matching matching;
    private final double matchingDistance;
    private final FalseAlarm falseAlarm;

    TargetProtocol(Matching matching, double matchingDistance, FalseAlarm falseAlarm) {
        this.matching = matching;
        this.matchingDistance = matchingDistance;
        this.falseAlarm = falseAlarm;
    }

    /**
     * Returns how targets and predictions are paired.
     *
     * @return the rule
     */
    public Matching matching() {
        return matching;
    }

    /**
     * Returns the distance in pixels that a prediction may lie off its target; the {@link #matching} says between which
     * points, and whether the distance itself still matches.
     *
     * @return the Euclidean distance, above 0
     */
    public double matchingDistance() {
        return matchingDistance;
    }

    /**
     * Returns what counts as false alarms.
     *
     * @return the rule
     */
    public FalseAlarm falseAlarm() {
        return falseAlarm;
    }
}
