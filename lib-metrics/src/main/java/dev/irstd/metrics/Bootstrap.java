package dev.irstd.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Says how far figures could have come out otherwise had other images of the same kind been measured: it draws as many
 * images again, with replacement, many times over (Efron's percentile bootstrap).
 *
 * <pre>{@code
 * List<Metrics> images = new ArrayList<>();
 * for (Sample sample : samples) {
 *     images.add(accumulator.add(detector.detect(sample.image()).mask(), sample.mask()));
 * }
 * Bootstrap bootstrap = new Bootstrap(images, Bootstrap.USUAL_RESAMPLES, 1);
 * Interval iou = bootstrap.interval(0.95, metrics -> metrics.pixels().iou());
 * Interval pd = bootstrap.interval(0.95, metrics -> metrics.targets(OPTIMAL_ASSIGNMENT).pd());
 * }</pre>
 *
 * <p>The same images and the same seed give the same intervals everywhere. Resamples in which a figure is undefined do
 * not enter. Immutable and thread-safe.
 */
public final class Bootstrap {
    /** Enough for two digits of a 95 % interval. */
    public static final int USUAL_RESAMPLES = 2000;

    private final List<Metrics> images;
    /** The images without centroid errors, of which resamples keep no copies. */
    private final List<Metrics> bare;

    private final Map<TargetProtocol, List<CentroidErrors>> errors = new EnumMap<>(TargetProtocol.class);
    private final long seed;
    private final Metrics total;
    private final List<Metrics> resamples;

    /**
     * Draws the resamples.
     *
     * @param images the figures of each image, under the same protocols; at least one
     * @param resamples how often to draw, at least 1; {@link #USUAL_RESAMPLES} will do
     * @param seed of the random numbers
     * @throws IllegalArgumentException if there is no image or no resample, or the protocols differ
     */
    public Bootstrap(List<Metrics> images, int resamples, long seed) {
        if (images.isEmpty() || resamples < 1) {
            throw new IllegalArgumentException("a bootstrap needs an image and a resample at least, got "
                    + images.size() + " images and " + resamples + " resamples");
        }
        this.images = List.copyOf(images);
        this.seed = seed;
        Set<TargetProtocol> protocols = images.get(0).targets().keySet();
        for (int i = 0; i < images.size(); i++) {
            if (!images.get(i).targets().keySet().equals(protocols)) {
                throw new IllegalArgumentException("image " + i + " is counted under "
                        + images.get(i).targets().keySet() + ", image 0 under " + protocols
                        + "; count all with one MetricsAccumulator");
            }
        }
        for (TargetProtocol protocol : protocols) {
            errors.put(
                    protocol,
                    this.images.stream()
                            .map(image -> image.targets(protocol).centroidErrors())
                            .toList());
        }
        this.bare = this.images.stream()
                .map(image -> image.withCentroidErrors(protocol -> CentroidErrors.NONE))
                .toList();
        this.total = sum(IntStream.range(0, images.size()).toArray());
        Random random = new Random(seed);
        List<int[]> draws = Stream.generate(
                        () -> random.ints(images.size(), 0, images.size()).toArray())
                .limit(resamples)
                .toList();
        this.resamples = draws.parallelStream().map(this::sum).toList();
    }

    private Metrics sum(int[] chosen) {
        MetricsAccumulator accumulator =
                new MetricsAccumulator(images.get(0).targets().keySet().toArray(TargetProtocol[]::new));
        for (int image : chosen) {
            accumulator.add(bare.get(image));
        }
        return accumulator
                .metrics()
                .withCentroidErrors(
                        protocol -> CentroidErrors.ofDrawn(Objects.requireNonNull(errors.get(protocol)), chosen));
    }

    /**
     * Returns a figure with its confidence interval.
     *
     * @param confidence probability in (0, 1) that such an interval covers the figure of the images' kind, such as 0.95
     * @param figure any figure of a set of images, such as {@code metrics -> metrics.pixels().iou()}
     * @return the figure and the percentiles of the resamples; NaN where it is undefined
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public Interval interval(double confidence, ToDoubleFunction<Metrics> figure) {
        return interval(
                confidence,
                figure.applyAsDouble(total),
                resamples.stream().mapToDouble(figure).toArray());
    }

    /**
     * Compares two detectors on the same images, each resample of which is drawn for both alike: far sharper than two
     * intervals that overlap or not, because what makes an image hard is hard for both.
     *
     * @param other the second detector's images, in the same order, with the same number of resamples and the same seed
     * @param confidence probability in (0, 1) of the interval of the difference, such as 0.95
     * @param figure any figure of a set of images
     * @return this detector's figure minus the other one's, and how likely such a difference is by chance
     * @throws IllegalArgumentException if the images, the resamples or the seeds differ, or the confidence is out of range
     */
    public Comparison comparedWith(Bootstrap other, double confidence, ToDoubleFunction<Metrics> figure) {
        requireSameDraws(other);
        double[] differences = new double[resamples.size()];
        Arrays.setAll(
                differences,
                i -> figure.applyAsDouble(resamples.get(i)) - figure.applyAsDouble(other.resamples.get(i)));
        double difference = figure.applyAsDouble(total) - figure.applyAsDouble(other.total);
        return new Comparison(
                interval(confidence, difference, differences),
                bootstrapP(differences),
                SignedRank.p(
                        images.stream().mapToDouble(figure).toArray(),
                        other.images.stream().mapToDouble(figure).toArray()));
    }

    private void requireSameDraws(Bootstrap other) {
        if (seed != other.seed || images.size() != other.images.size() || resamples.size() != other.resamples.size()) {
            throw new IllegalArgumentException(
                    "cannot compare " + this + " with " + other + "; give both the same images, resamples and seed");
        }
        for (int i = 0; i < images.size(); i++) {
            long here = truePixels(images.get(i));
            long there = truePixels(other.images.get(i));
            if (here != there) {
                throw new IllegalArgumentException("image " + i + " has " + here + " true pixels in one evaluation and "
                        + there + " in the other; give both the same images in the same order");
            }
        }
    }

    private static long truePixels(Metrics image) {
        return image.pixels().truePositives() + image.pixels().falseNegatives();
    }

    private static Interval interval(double confidence, double estimate, double[] drawn) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence " + confidence + " is outside (0, 1); 0.95 is usual");
        }
        double[] defined =
                Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).toArray();
        if (defined.length == 0) {
            return new Interval(estimate, Double.NaN, Double.NaN);
        }
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(defined);
        return new Interval(
                estimate, percentile.evaluate(50 * (1 - confidence)), percentile.evaluate(50 * (1 + confidence)));
    }

    private static double bootstrapP(double[] differences) {
        long defined = Arrays.stream(differences).filter(d -> !Double.isNaN(d)).count();
        long atMostZero = Arrays.stream(differences).filter(d -> d <= 0).count();
        long atLeastZero = Arrays.stream(differences).filter(d -> d >= 0).count();
        // The sample itself counts as one more resample: no finite number of them shows a probability of 0
        return Math.min(1, 2.0 * (Math.min(atMostZero, atLeastZero) + 1) / (defined + 1));
    }

    @Override
    public String toString() {
        return "Bootstrap[" + images.size() + " images, " + resamples.size() + " resamples, seed " + seed + "]";
    }
}
