package dev.irstd.metrics;

import java.util.Arrays;

/** Sums towards the {@link TargetMetrics} of many images. Not thread-safe. */
final class TargetTally {
    private final TargetProtocol protocol;
    private long images;
    private long pixels;
    private long targets;
    private long detectedTargets;
    private long predictions;
    private long matchedPredictions;
    private long falsePixels;
    private double[] centroidErrors = {};
    private int errors;

    TargetTally(TargetProtocol protocol) {
        this.protocol = protocol;
    }

    void add(TargetMetrics counted) {
        images += counted.images();
        pixels += counted.pixels();
        targets += counted.targets();
        detectedTargets += counted.detectedTargets();
        predictions += counted.predictions();
        matchedPredictions += counted.matchedPredictions();
        falsePixels += counted.falsePixels();
        int more = counted.centroidErrors().count();
        if (errors + more > centroidErrors.length) {
            centroidErrors = Arrays.copyOf(centroidErrors, 2 * (errors + more));
        }
        counted.centroidErrors().copyTo(centroidErrors, errors);
        errors += more;
    }

    TargetMetrics metrics() {
        return new TargetMetrics(
                protocol,
                images,
                pixels,
                targets,
                detectedTargets,
                predictions,
                matchedPredictions,
                falsePixels,
                CentroidErrors.of(Arrays.stream(centroidErrors, 0, errors)));
    }
}
