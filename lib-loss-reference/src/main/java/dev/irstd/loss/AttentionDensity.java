package dev.irstd.loss;

/**
 * The density that LPNetGA's attention shall learn: a mask under a low-pass filter.
 *
 * <p>The filter {@code 1e-5 + exp(-D^2 / (2 sigma^2))} stands in the frequency domain. Its Gaussian is a product of one
 * for rows and one for columns, so that each pixel of the mask spreads a product of two periodic curves: no Fourier
 * transform of the image is needed.
 */
final class AttentionDensity {
    private static final double FLOOR = 1e-5;
    /** Below it the official code divides 0 by 0. */
    private static final double LEAST_RANGE = 1e-3;

    private AttentionDensity() {}

    static double[] of(double[] mask, int width, int height, double sigma) {
        double[] filtered = new double[mask.length];
        Curve rows = Curve.of(height, sigma);
        Curve columns = Curve.of(width, sigma);
        boolean empty = true;
        for (int pixel = 0; pixel < mask.length; pixel++) {
            if (mask[pixel] != 0) {
                empty = false;
                filtered[pixel] += mask[pixel] * FLOOR;
                spread(filtered, mask[pixel], rows.from(pixel / width), columns.from(pixel % width));
            }
        }
        if (!empty) {
            normalise(filtered, sigma);
        }
        return filtered;
    }

    private static void spread(double[] filtered, double weight, Curve rows, Curve columns) {
        int width = columns.real.length;
        for (int pixel = 0; pixel < filtered.length; pixel++) {
            int y = pixel / width;
            int x = pixel % width;
            filtered[pixel] += weight * (rows.real[y] * columns.real[x] - rows.imaginary[y] * columns.imaginary[x]);
        }
    }

    private static void normalise(double[] filtered, double sigma) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] = Math.abs(filtered[i]);
            least = Math.min(least, filtered[i]);
            greatest = Math.max(greatest, filtered[i]);
        }
        double range = greatest - least;
        if (range <= LEAST_RANGE) {
            throw new IllegalArgumentException(
                    "the density of this mask ranges over " + range + ", not above " + LEAST_RANGE
                            + ": a mask that is set everywhere has none, another one needs a sigma above " + sigma);
        }
        double sum = 0;
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] = (filtered[i] - least) / range;
            sum += filtered[i];
        }
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] /= sum;
        }
    }

    /** What a pixel spreads along one axis. Complex where the length is odd: the filter is then off its centre. */
    private record Curve(double[] real, double[] imaginary) {

        static Curve of(int length, double sigma) {
            double[] real = new double[length];
            double[] imaginary = new double[length];
            for (int i = 0; i < length; i++) {
                double distance = i - length / 2.0;
                double weight = Math.exp(-distance * distance / (2 * sigma * sigma)) / length;
                long frequency = i - length / 2;
                for (int offset = 0; offset < length; offset++) {
                    double angle = 2 * Math.PI * Math.floorMod(frequency * offset, length) / length;
                    real[offset] += weight * Math.cos(angle);
                    imaginary[offset] += weight * Math.sin(angle);
                }
            }
            return new Curve(real, imaginary);
        }

        Curve from(int start) {
            return new Curve(turned(real, start), turned(imaginary, start));
        }

        private static double[] turned(double[] values, int start) {
            double[] turned = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                turned[(i + start) % values.length] = values[i];
            }
            return turned;
        }
    }
}
