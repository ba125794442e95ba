package dev.irstd.cli;

import dev.irstd.metrics.Bootstrap;
import dev.irstd.metrics.Interval;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.OperatingPoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a predictor achieves on a dataset.
 *
 * @param images in the order of the dataset
 * @param failures the other images of the dataset
 * @param total the figures of all images
 * @param roc the figures at other thresholds
 */
record Measured(
        Subject subject,
        List<OfImage> images,
        List<Failure> failures,
        Metrics total,
        List<OperatingPoint> roc,
        Bootstrap bootstrap,
        Times times) {
    static final double CONFIDENCE = 0.95;
    private static final long SEED = 1;

    record OfImage(String id, Metrics metrics, Duration time) {}

    /** An image that could not be measured. */
    record Failure(String id, String reason) {}

    /**
     * How long it took.
     *
     * @param predicting from image to mask, or from file to mask
     * @param counting at the threshold, and at those of the curve
     * @param resampling for the intervals
     */
    record Times(Duration predicting, Duration counting, Duration resampling) {}

    static Bootstrap bootstrap(List<OfImage> images, int resamples) {
        return new Bootstrap(images.stream().map(OfImage::metrics).toList(), resamples, SEED);
    }

    Interval interval(Figure figure) {
        return bootstrap.interval(CONFIDENCE, figure.of());
    }

    /** What to compare another one with: the images that both could be measured on. */
    Bootstrap bootstrapOnImagesOf(Measured other, int resamples) {
        List<OfImage> common = common(other);
        return common.size() == images.size() ? bootstrap : bootstrap(common, resamples);
    }

    int imagesInCommon(Measured other) {
        return common(other).size();
    }

    private List<OfImage> common(Measured other) {
        Set<String> ids = new HashSet<>();
        other.images.forEach(image -> ids.add(image.id()));
        return images.stream().filter(image -> ids.contains(image.id())).toList();
    }

    /** The time from image to mask that half of the images stay below. */
    double medianMilliseconds() {
        double[] sorted = images.stream()
                .mapToDouble(image -> image.time().toNanos() / 1e6)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }
}
