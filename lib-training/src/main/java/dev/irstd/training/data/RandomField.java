package dev.irstd.training.data;

import java.util.SplittableRandom;

/** Random numbers and smooth random textures that come out the same on every machine. */
final class RandomField {
    /** Standard deviation of numbers uniform in [-1, 1] after cubic B-spline interpolation, sqrt((151/315)^2 / 3). */
    private static final double SPLINE_DEVIATION = 151 / 315.0 / Math.sqrt(3);

    private RandomField() {}

    static double uniform(double min, double max, SplittableRandom random) {
        return min + (max - min) * random.nextDouble();
    }

    /** Mean 0, deviation 1; the polar method, because {@code nextGaussian} may differ between Java versions. */
    static double gaussian(SplittableRandom random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double square = u * u + v * v;
            if (square < 1 && square > 0) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /**
     * Octaves of smooth noise, each half as wide as the one before.
     *
     * @param coarsest width of the widest structures in pixels
     * @param finest width of the narrowest structures in pixels
     * @param roughness amplitude of an octave, relative to the one before
     * @param stretch width of the structures divided by their height
     * @return mean about 0, deviation about 1
     */
    static double[] octaves(
            int width,
            int height,
            double coarsest,
            double finest,
            double roughness,
            double stretch,
            SplittableRandom random) {
        double[] sum = new double[width * height];
        double amplitude = 1;
        double power = 0;
        for (double spacing = coarsest; spacing >= finest; spacing /= 2) {
            addOctave(sum, width, height, spacing, spacing / stretch, amplitude, random);
            power += amplitude * amplitude;
            amplitude *= roughness;
        }
        double scale = 1 / (SPLINE_DEVIATION * StrictMath.sqrt(power));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }

    /** Adds a lattice of random numbers, interpolated by cubic B-splines. */
    private static void addOctave(
            double[] sum,
            int width,
            int height,
            double spacingX,
            double spacingY,
            double amplitude,
            SplittableRandom random) {
        int latticeWidth = (int) (width / spacingX) + 5;
        int latticeHeight = (int) (height / spacingY) + 5;
        double phaseX = random.nextDouble();
        double phaseY = random.nextDouble();
        double[][] lines = new double[latticeHeight][width];
        double[] knots = new double[latticeWidth];
        for (double[] line : lines) {
            for (int i = 0; i < latticeWidth; i++) {
                knots[i] = amplitude * (2 * random.nextDouble() - 1);
            }
            for (int x = 0; x < width; x++) {
                double at = x / spacingX + phaseX;
                int knot = (int) at;
                double t = at - knot;
                line[x] = before(t) * knots[knot]
                        + middle(t) * knots[knot + 1]
                        + middle(1 - t) * knots[knot + 2]
                        + before(1 - t) * knots[knot + 3];
            }
        }
        for (int y = 0; y < height; y++) {
            double at = y / spacingY + phaseY;
            int knot = (int) at;
            double t = at - knot;
            for (int x = 0; x < width; x++) {
                sum[y * width + x] += before(t) * lines[knot][x]
                        + middle(t) * lines[knot + 1][x]
                        + middle(1 - t) * lines[knot + 2][x]
                        + before(1 - t) * lines[knot + 3][x];
            }
        }
    }

    private static double before(double t) {
        return (1 - t) * (1 - t) * (1 - t) / 6;
    }

    private static double middle(double t) {
        return (4 - 6 * t * t + 3 * t * t * t) / 6;
    }
}
