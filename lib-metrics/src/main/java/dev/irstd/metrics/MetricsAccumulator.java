package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts image after image towards the {@link Metrics} of a set. It keeps sums, never images.
 *
 * <pre>{@code
 * MetricsAccumulator accumulator = new MetricsAccumulator(TargetProtocol.MARKED);
 * for (Sample sample : samples) {
 *     accumulator.add(detector.detect(sample.image()).mask(), sample.mask());
 * }
 * Metrics metrics = accumulator.metrics();
 * }</pre>
 *
 * <p>Not thread-safe: give each thread its own and {@link #merge} them. The result does not depend, to the last bit, on
 * the order of the images nor on how they were shared out.
 */
public final class MetricsAccumulator {
    private final Map<TargetProtocol, TargetMetrics> targets = new EnumMap<>(TargetProtocol.class);
    private PixelCounts pixels = PixelCounts.NONE;

    /**
     * Starts with no image.
     *
     * @param protocols how to count targets; several share the search for components, none leaves the pixels alone
     */
    public MetricsAccumulator(TargetProtocol... protocols) {
        for (TargetProtocol protocol : protocols) {
            targets.put(protocol, TargetMetrics.none(protocol));
        }
    }

    /**
     * Counts an image.
     *
     * @param prediction what a detector says
     * @param truth what is there, of the same size
     * @throws IllegalArgumentException if the sizes differ
     */
    public void add(Mask prediction, Mask truth) {
        add(new Regions(prediction), new Regions(truth));
    }

    void add(Regions predictedRegions, Regions trueRegions) {
        Mask prediction = predictedRegions.mask();
        Mask truth = trueRegions.mask();
        if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
            throw new IllegalArgumentException("the prediction has " + prediction.width() + "x" + prediction.height()
                    + " pixels, the truth " + truth.width() + "x" + truth.height()
                    + "; bring the prediction back to the size of the image first");
        }
        pixels = pixels.plus(PixelCounts.of(prediction, truth));
        ImagePair pair = new ImagePair(predictedRegions, trueRegions);
        targets.replaceAll((protocol, counted) -> counted.plus(pair.count(protocol)));
    }

    /**
     * Adds everything that another accumulator has counted; that one stays as it is.
     *
     * @param other an accumulator for the same protocols
     * @throws IllegalArgumentException if its protocols differ
     */
    public void merge(MetricsAccumulator other) {
        if (!targets.keySet().equals(other.targets.keySet())) {
            throw new IllegalArgumentException(
                    "cannot merge counts under " + other.targets.keySet() + " into counts under " + targets.keySet());
        }
        pixels = pixels.plus(other.pixels);
        other.targets.forEach((protocol, counted) -> targets.merge(protocol, counted, TargetMetrics::plus));
    }

    /**
     * Returns the figures of the images counted so far.
     *
     * @return a snapshot
     */
    public Metrics metrics() {
        return new Metrics(pixels.metrics(), targets);
    }
}
