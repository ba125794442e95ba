package dev.irstd.metrics;

import dev.irstd.Mask;
import dev.irstd.ScoreMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts image after image at many thresholds at once, towards a {@link RocCurve}. It keeps sums, never images, and looks
 * at each pixel once: components grow while the threshold falls, and are counted again only where it lets a pixel in.
 *
 * <p>A pixel is predicted where its score exceeds the threshold strictly; pass {@link Math#nextDown(float)
 * Math.nextDown(threshold)} to include the threshold itself. Pd may rise with the threshold: where it is low,
 * neighbouring components merge and their centroids move.
 *
 * <p>Not thread-safe: give each thread its own and {@link #merge} them.
 */
public final class ThresholdSweep {
    private final float[] thresholds;
    /** The same thresholds, rising. */
    private final float[] rising;
    /** One for each of the rising thresholds. */
    private final List<MetricsAccumulator> accumulators = new ArrayList<>();

    private final List<TargetProtocol> protocols;

    /**
     * Starts with no image.
     *
     * @param thresholds probabilities in [0, 1], in the order in which the points are wanted; copied
     * @param protocols how to count targets
     * @throws IllegalArgumentException if a threshold is not a probability
     */
    public ThresholdSweep(float[] thresholds, TargetProtocol... protocols) {
        this.thresholds = thresholds.clone();
        this.protocols = List.of(protocols);
        for (int i = 0; i < thresholds.length; i++) {
            if (!(thresholds[i] >= 0 && thresholds[i] <= 1)) {
                throw new IllegalArgumentException("threshold " + thresholds[i] + " is not a probability in [0, 1]");
            }
            this.thresholds[i] += 0f; // -0 becomes 0: sorting tells them apart, comparing does not
        }
        this.rising = this.thresholds.clone();
        Arrays.sort(rising);
        for (int i = 0; i < rising.length; i++) {
            accumulators.add(new MetricsAccumulator(protocols));
        }
    }

    /**
     * Evenly spaced thresholds. The official curves of RRCANet take 300 steps.
     *
     * @param steps number of steps from 0 to 1, at least 1
     * @return {@code steps + 1} thresholds: 0, 1/steps, ..., 1
     * @throws IllegalArgumentException if there is no step
     */
    public static float[] evenThresholds(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("from 0 to 1 takes at least one step, got " + steps);
        }
        float[] thresholds = new float[steps + 1];
        for (int i = 0; i <= steps; i++) {
            thresholds[i] = (float) i / steps;
        }
        return thresholds;
    }

    /**
     * Counts an image.
     *
     * @param scores what a detector says
     * @param truth what is there, of the same size
     * @throws IllegalArgumentException if the sizes differ
     */
    public void add(ScoreMap scores, Mask truth) {
        ImagePair pair = ImagePair.unpredicted(scores.width(), scores.height(), truth);
        PixelsByScore pixels = PixelsByScore.of(scores.toArray(), rising);
        Metrics counted = pair.count(protocols);
        for (int i = rising.length - 1; i >= 0; i--) {
            int[] entering = pixels.exceedingNoneAbove(i);
            if (entering.length > 0) {
                for (int pixel : entering) {
                    pair.predict(pixel);
                }
                counted = pair.count(protocols);
            }
            accumulators.get(i).add(counted);
        }
    }

    /**
     * Adds everything that another sweep has counted; that one stays as it is.
     *
     * @param other a sweep over the same thresholds under the same protocols
     * @throws IllegalArgumentException if its thresholds or protocols differ
     */
    public void merge(ThresholdSweep other) {
        if (!Arrays.equals(thresholds, other.thresholds)) {
            throw new IllegalArgumentException("cannot merge a sweep over " + other.thresholds.length
                    + " thresholds into one over " + thresholds.length + " other ones");
        }
        for (int i = 0; i < thresholds.length; i++) {
            accumulators.get(i).merge(other.accumulators.get(i));
        }
    }

    /**
     * Returns the figures of the images counted so far.
     *
     * @return a snapshot, one point a threshold, in their order
     */
    public List<OperatingPoint> points() {
        List<OperatingPoint> points = new ArrayList<>();
        for (float threshold : thresholds) {
            MetricsAccumulator accumulator = accumulators.get(Arrays.binarySearch(rising, threshold));
            points.add(new OperatingPoint(threshold, accumulator.metrics()));
        }
        return List.copyOf(points);
    }
}
