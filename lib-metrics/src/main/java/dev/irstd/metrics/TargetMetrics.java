package dev.irstd.metrics;

/**
 * How many targets were found in a set of images, and how many false alarms were raised, as a protocol counts them.
 *
 * @param protocol what counts as found, and as a false alarm
 * @param images images counted
 * @param pixels pixels of these images
 * @param targets true targets
 * @param detectedTargets targets that were found
 * @param predictions predicted targets
 * @param matchedPredictions predictions that belong to a target; as many as {@code detectedTargets} where a target takes
 *     at most one
 * @param falsePixels predicted pixels that are false alarms
 * @param centroidErrors how far the targets that were found lie off, one error a target
 */
public record TargetMetrics(
        TargetProtocol protocol,
        long images,
        long pixels,
        long targets,
        long detectedTargets,
        long predictions,
        long matchedPredictions,
        long falsePixels,
        CentroidErrors centroidErrors) {

    /**
     * The probability of detection Pd: the predictions that belong to a target, relative to the targets.
     *
     * @return the share of the targets that were found, in [0, 1], where a target takes at most one prediction; otherwise
     *     it can exceed 1. NaN if there is no target
     */
    public double pd() {
        return Ratio.of(matchedPredictions, targets);
    }

    /**
     * The false-alarm rate Fa, of what the protocol's {@link FalseAlarm} counts and relative to what it says. Papers print
     * rates of pixels times 10<sup>6</sup>.
     *
     * @return the rate, at least 0; NaN if there is no image
     */
    public double fa() {
        return switch (protocol.falseAlarm()) {
            case UNMATCHED_PIXELS, PIXELS_OF_AREAS_NOT_MATCHED -> Ratio.of(falsePixels, pixels);
            case PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512 -> Ratio.of(falsePixels, 512 * 512 * images);
            case UNMATCHED_COMPONENTS -> falseAlarmsPerImage();
        };
    }

    /**
     * The precision of targets: those that were found, relative to these and the predictions that belong to none.
     *
     * @return the ratio in [0, 1]; NaN if nothing was found and nothing falsely predicted
     */
    public double precision() {
        return Ratio.of(detectedTargets, detectedTargets + falsePredictions());
    }

    /**
     * The recall of targets: the share of them that were found.
     *
     * @return the ratio in [0, 1]; NaN if there is no target
     */
    public double recall() {
        return Ratio.of(detectedTargets, targets);
    }

    /**
     * The harmonic mean of {@link #precision} and {@link #recall}.
     *
     * @return the mean in [0, 1]; 0 where only one of them is defined, NaN if neither is
     */
    public double f1() {
        return Ratio.of(2 * detectedTargets, detectedTargets + falsePredictions() + targets);
    }

    /**
     * The mean number of false alarms in an image, each of one predicted component that belongs to no target.
     *
     * @return the number, at least 0; NaN if there is no image
     */
    public double falseAlarmsPerImage() {
        return Ratio.of(falsePredictions(), images);
    }

    TargetMetrics withCentroidErrors(CentroidErrors others) {
        return new TargetMetrics(
                protocol,
                images,
                pixels,
                targets,
                detectedTargets,
                predictions,
                matchedPredictions,
                falsePixels,
                others);
    }

    private long falsePredictions() {
        return predictions - matchedPredictions;
    }
}
