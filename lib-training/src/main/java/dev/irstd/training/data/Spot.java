package dev.irstd.training.data;

import java.util.SplittableRandom;

import static dev.irstd.training.data.RandomField.uniform;

/**
 * What a distant object looks like: a Gaussian spot, drawn out along its way while the shutter was open. The values
 * stand for a window of whole pixels; the brightest one is 1.
 */
final class Spot {
    /** Share of the brightest pixel from which on a pixel belongs to the target. */
    private static final double EDGE = 1 / 8.0;

    /** Windows reach this far: 5 sigma of the widest spot and half of the longest way. */
    private static final int REACH = 12;

    private static final int SIZE = 2 * REACH + 1;
    private static final int POSITIONS = 9;

    private final double x;
    private final double y;
    private final double[] values;

    private Spot(double x, double y, double[] values) {
        this.x = x;
        this.y = y;
        this.values = values;
    }

    /** A spot of sigma 0.6 to 2 pixels; every third one moves by up to 4 pixels. */
    static Spot random(double x, double y, SplittableRandom random) {
        double sigma = 0.6 * StrictMath.pow(2 / 0.6, random.nextDouble());
        double way = random.nextDouble() < 1 / 3.0 ? uniform(1, 4, random) : 0;
        double angle = uniform(0, StrictMath.PI, random);
        return new Spot(x, y, values(x, y, sigma, way * StrictMath.cos(angle), way * StrictMath.sin(angle)));
    }

    private static double[] values(double x, double y, double sigma, double wayX, double wayY) {
        double[] values = new double[SIZE * SIZE];
        double peak = 0;
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double sum = 0;
                for (int i = 0; i < POSITIONS; i++) {
                    double along = i / (POSITIONS - 1.0) - 0.5;
                    double dx = left(x) + column - x - along * wayX;
                    double dy = left(y) + row - y - along * wayY;
                    sum += StrictMath.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                }
                values[row * SIZE + column] = sum;
                peak = Math.max(peak, sum);
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= peak;
        }
        return values;
    }

    private static int left(double centre) {
        return (int) StrictMath.rint(centre) - REACH;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    /** Adds the spot to a picture, as far as it lies inside. */
    void add(double[] grey, int width, int height, double amplitude) {
        forEachPixel(width, height, (i, value) -> grey[i] += amplitude * value);
    }

    /** Sets the target's pixels. */
    void mark(boolean[] mask, int width, int height) {
        forEachPixel(width, height, (i, value) -> mask[i] |= value >= EDGE);
    }

    /** The brightest grey level that the spot leads to. */
    double brightest(double[] grey, int width, int height, double amplitude) {
        double[] brightest = {0};
        forEachPixel(width, height, (i, value) -> {
            if (value >= EDGE) {
                brightest[0] = Math.max(brightest[0], grey[i] + amplitude * value);
            }
        });
        return brightest[0];
    }

    private interface PixelVisitor {
        void visit(int index, double value);
    }

    private void forEachPixel(int width, int height, PixelVisitor visitor) {
        for (int row = 0; row < SIZE; row++) {
            int pixelY = left(y) + row;
            for (int column = 0; column < SIZE; column++) {
                int pixelX = left(x) + column;
                if (pixelX >= 0 && pixelX < width && pixelY >= 0 && pixelY < height) {
                    visitor.visit(pixelY * width + pixelX, values[row * SIZE + column]);
                }
            }
        }
    }
}
