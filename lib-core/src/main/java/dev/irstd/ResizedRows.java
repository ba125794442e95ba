package dev.irstd;

import dev.irstd.Geometry.Sampling;

/**
 * An image brought to another size as {@link Sampling} says: the columns when it is made, the rows when they are read.
 * Sums are taken in double, so that a constant image stays what it is.
 */
final class ResizedRows implements Rows {
    private final Axis columns;
    private final Axis rows;
    private final float[] halfway;

    /** The old samples that make up each new one of a row or a column: from which on, and their weights. */
    private record Axis(int[] first, double[][] weights) {
        static Axis of(int oldSize, int newSize, Sampling sampling) {
            double reach = sampling == Sampling.ANTIALIASED ? Math.max(1, (double) oldSize / newSize) : 1;
            int[] first = new int[newSize];
            double[][] weights = new double[newSize][];
            for (int i = 0; i < newSize; i++) {
                double centre = (i + 0.5) * oldSize / newSize;
                first[i] = Math.max(0, (int) Math.ceil(centre - reach - 0.5));
                int end = Math.min(oldSize, (int) Math.floor(centre + reach - 0.5) + 1);
                weights[i] = triangle(centre, reach, first[i], end);
            }
            return new Axis(first, weights);
        }

        private static double[] triangle(double centre, double reach, int first, int end) {
            double[] weights = new double[end - first];
            double sum = 0;
            for (int j = first; j < end; j++) {
                double weight = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / reach);
                weights[j - first] = weight;
                sum += weight;
            }
            for (int j = 0; j < weights.length; j++) {
                weights[j] /= sum;
            }
            return weights;
        }

        int size() {
            return first.length;
        }

        /** The new sample {@code i} of the axis whose old samples lie {@code stride} apart from {@code start} on. */
        float at(int i, float[] samples, int start, int stride) {
            double sum = 0;
            int position = start + first[i] * stride;
            for (double weight : weights[i]) {
                sum += weight * samples[position];
                position += stride;
            }
            return (float) sum;
        }
    }

    /**
     * Reads the whole image.
     *
     * @throws IllegalArgumentException if no array can hold it with the new number of columns and the old one of rows
     */
    ResizedRows(Rows image, int width, int height, Sampling sampling) {
        if ((long) width * image.height() > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalArgumentException("resizing " + image.width() + "x" + image.height() + " to " + width + "x"
                    + height + " goes by way of " + width + "x" + image.height()
                    + ", more than an array holds; build the detector with tiles");
        }
        columns = Axis.of(image.width(), width, sampling);
        rows = Axis.of(image.height(), height, sampling);
        halfway = new float[width * image.height()];
        float[] row = new float[image.width()];
        for (int y = 0; y < image.height(); y++) {
            image.read(y, row);
            for (int x = 0; x < width; x++) {
                halfway[y * width + x] = columns.at(x, row, 0, 1);
            }
        }
    }

    @Override
    public int width() {
        return columns.size();
    }

    @Override
    public int height() {
        return rows.size();
    }

    @Override
    public void read(int y, float[] row) {
        for (int x = 0; x < width(); x++) {
            row[x] = rows.at(y, halfway, x, width());
        }
    }
}
