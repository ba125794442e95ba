package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.Timing;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.MetricsAccumulator;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a detector achieves on a dataset, in all and image by image. */
final class Measurement {
    static final TargetProtocol[] PROTOCOLS = {
        TargetProtocol.LEGACY_AREA, TargetProtocol.MARKED, TargetProtocol.OPTIMAL_ASSIGNMENT
    };

    private final MetricsAccumulator total = new MetricsAccumulator(PROTOCOLS);
    private final List<OfImage> images = new ArrayList<>();

    record OfImage(String id, Metrics metrics, double milliseconds) {}

    void add(Sample sample, Detection found) {
        Metrics metrics = total.add(found.mask(), sample.mask());
        images.add(new OfImage(sample.id(), metrics, milliseconds(found.timing())));
    }

    private static double milliseconds(Timing timing) {
        return timing.preprocessing()
                        .plus(timing.inference())
                        .plus(timing.postprocessing())
                        .toNanos()
                / 1e6;
    }

    Metrics total() {
        return total.metrics();
    }

    List<OfImage> images() {
        return images;
    }

    /** The time from image to targets that half of the images stay below. */
    double medianMilliseconds() {
        double[] sorted =
                images.stream().mapToDouble(OfImage::milliseconds).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }
}
