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
    private final Map<TargetProtocol, TargetTally> targets = new EnumMap<>(TargetProtocol.class);
    private PixelCounts pixels = PixelCounts.NONE;

    /**
     * Starts with no image.
     *
     * @param protocols how to count targets; several share the search for components, none leaves the pixels alone
     */
    public MetricsAccumulator(TargetProtocol... protocols) {
        for (TargetProtocol protocol : protocols) {
            targets.put(protocol, new TargetTally(protocol));
        }
    }

    /**
     * Counts an image.
     *
     * @param prediction what a detector says
     * @param truth what is there, of the same size
     * @return the figures of this image alone; a {@link Bootstrap} is made of them
     * @throws IllegalArgumentException if the sizes differ
     */
    public Metrics add(Mask prediction, Mask truth) {
        Metrics image = ImagePair.of(prediction, truth).count(targets.keySet());
        add(image);
        return image;
    }

    /** Adds the figures of one image, which must hold all protocols. */
    void add(Metrics image) {
        pixels = pixels.plus(PixelCounts.of(image.pixels()));
        targets.forEach((protocol, tally) -> tally.add(image.targets(protocol)));
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
        Map<TargetProtocol, TargetMetrics> counted = other.metrics().targets();
        targets.forEach((protocol, tally) -> tally.add(counted.get(protocol)));
    }

    /**
     * Returns the figures of the images counted so far.
     *
     * @return a snapshot
     */
    public Metrics metrics() {
        Map<TargetProtocol, TargetMetrics> counted = new EnumMap<>(TargetProtocol.class);
        targets.forEach((protocol, tally) -> counted.put(protocol, tally.metrics()));
        return new Metrics(pixels.metrics(), counted);
    }
}
