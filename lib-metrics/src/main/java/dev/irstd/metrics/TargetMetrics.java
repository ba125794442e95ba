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
 */
public record TargetMetrics(
        TargetProtocol protocol,
        long images,
        long pixels,
        long targets,
        long detectedTargets,
        long predictions,
        long matchedPredictions,
        long falsePixels) {

    static TargetMetrics none(TargetProtocol protocol) {
        return new TargetMetrics(protocol, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * The probability of detection Pd: the share of the targets that were found.
     *
     * @return the ratio in [0, 1]; NaN if there is no target
     */
    public double pd() {
        return Ratio.of(detectedTargets, targets);
    }

    /**
     * The false-alarm rate Fa: the false pixels, relative to what the protocol's {@link FalseAlarm} says. Papers print it
     * times 10<sup>6</sup>.
     *
     * @return the rate, at least 0; NaN if there is no image
     */
    public double fa() {
        return switch (protocol.falseAlarm()) {
            case UNMATCHED_PIXELS, PIXELS_OF_AREAS_NOT_MATCHED -> Ratio.of(falsePixels, pixels);
            case PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512 -> Ratio.of(falsePixels, 512 * 512 * images);
        };
    }

    TargetMetrics plus(TargetMetrics other) {
        return new TargetMetrics(
                protocol,
                images + other.images,
                pixels + other.pixels,
                targets + other.targets,
                detectedTargets + other.detectedTargets,
                predictions + other.predictions,
                matchedPredictions + other.matchedPredictions,
                falsePixels + other.falsePixels);
    }
}
