package dev.irstd.metrics;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How far the centroids of found targets lie off the true ones, in pixels. Immutable.
 *
 * <p>Each found target counts once; where several predictions belong to it, the nearest one counts.
 */
public final class CentroidErrors {
    static final CentroidErrors NONE = new CentroidErrors(new double[0]);

    private final double[] sorted;

    private CentroidErrors(double[] sorted) {
        this.sorted = sorted;
    }

    static CentroidErrors of(DoubleStream errors) {
        return new CentroidErrors(errors.sorted().toArray());
    }

    /**
     * Returns the number of targets found.
     *
     * @return the number of errors, at least 0
     */
    public int count() {
        return sorted.length;
    }

    /**
     * Returns the mean error.
     *
     * @return the mean Euclidean distance in pixels; NaN if no target was found
     */
    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
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
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    void copyTo(double[] errors, int start) {
        System.arraycopy(sorted, 0, errors, start, sorted.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CentroidErrors errors && Arrays.equals(sorted, errors.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return "CentroidErrors[" + count() + ", mean " + mean() + "]";
    }
}
