package dev.irstd.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * How far the centroids of found targets lie off the true ones, in pixels. Immutable.
 *
 * <p>Each found target counts once; where several predictions belong to it, the nearest one counts.
 */
public final class CentroidErrors {
    static final CentroidErrors NONE = of(DoubleStream.empty());

    private final int count;
    private final Supplier<double[]> sorted;

    private CentroidErrors(int count, Supplier<double[]> sorted) {
        this.count = count;
        this.sorted = sorted;
    }

    static CentroidErrors of(DoubleStream errors) {
        double[] sorted = errors.sorted().toArray();
        return new CentroidErrors(sorted.length, () -> sorted);
    }

    /** Those of some images, one of them perhaps several times; put together when asked for, as a bootstrap has thousands. */
    static CentroidErrors ofDrawn(List<CentroidErrors> images, int[] draw) {
        int count = Arrays.stream(draw).map(image -> images.get(image).count).sum();
        return new CentroidErrors(count, () -> Arrays.stream(draw)
                .mapToObj(images::get)
                .flatMapToDouble(image -> Arrays.stream(image.sorted.get()))
                .sorted()
                .toArray());
    }

    /**
     * Returns the number of targets found.
     *
     * @return the number of errors, at least 0
     */
    public int count() {
        return count;
    }

    /**
     * Returns the mean error.
     *
     * @return the mean Euclidean distance in pixels; NaN if no target was found
     */
    public double mean() {
        return Arrays.stream(sorted.get()).average().orElse(Double.NaN);
    }

    /**
     * Returns the error that a share of the found targets keeps to.
     *
     * @param share in (0, 1], such as 0.95
     * @return the smallest error that at least this share of the errors does not exceed, in pixels; NaN if no target was
     *     found
     * @throws IllegalArgumentException if the share is out of range
     */
    public double quantile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " of the errors is outside (0, 1]");
        }
        return count == 0 ? Double.NaN : sorted.get()[(int) Math.ceil(share * count) - 1];
    }

    void copyTo(double[] errors, int start) {
        System.arraycopy(sorted.get(), 0, errors, start, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CentroidErrors errors && Arrays.equals(sorted.get(), errors.sorted.get());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted.get());
    }

    @Override
    public String toString() {
        return "CentroidErrors[" + count() + ", mean " + mean() + "]";
    }
}
