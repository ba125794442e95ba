package dev.irstd.training.data;

import java.util.SplittableRandom;

import static dev.irstd.training.data.RandomField.gaussian;
import static dev.irstd.training.data.RandomField.octaves;
import static dev.irstd.training.data.RandomField.uniform;

/** Paints what lies behind the targets, in grey levels 0 to 255 with fractions, and the sensor's own traces on it. */
final class BackgroundPainter {
    private static final double DARKEST = 12;
    private static final double BRIGHTEST = 225;

    private final int width;
    private final int height;
    private final SplittableRandom random;

    BackgroundPainter(int width, int height, SplittableRandom random) {
        this.width = width;
        this.height = height;
        this.random = random;
    }

    double[] paint(Background background) {
        double[] grey = sky();
        switch (background) {
            case SKY -> {}
            case CLOUDS -> addClouds(grey, uniform(45, 110, random), uniform(-0.5, 0.6, random));
            case SEA -> {
                addClouds(grey, uniform(5, 30, random), uniform(0, 1, random));
                paintSea(grey);
            }
            case GROUND -> {
                addClouds(grey, uniform(5, 30, random), uniform(0, 1, random));
                paintGround(grey);
            }
        }
        return seenBySensor(blurred(grey));
    }

    private double[] sky() {
        double top = uniform(50, 95, random);
        double gain = uniform(10, 80, random);
        double tilt = uniform(-8, 8, random);
        double[] haze = octaves(width, height, Math.max(width, height), 16, 0.5, 2, random);
        double hazeLevel = uniform(1, 4, random);
        double[] grey = new double[width * height];
        for (int y = 0; y < height; y++) {
            double down = (y + 0.5) / height;
            for (int x = 0; x < width; x++) {
                grey[y * width + x] =
                        top + gain * down * down + tilt * ((x + 0.5) / width - 0.5) + hazeLevel * haze[y * width + x];
            }
        }
        return grey;
    }

    private void addClouds(double[] grey, double contrast, double clearness) {
        double coarsest = Math.max(width, height) / uniform(1.5, 4, random);
        double[] shape = curled(coarsest);
        double[] inside = octaves(width, height, coarsest / 3, 3, 0.6, 1.3, random);
        double softness = uniform(0.8, 1.8, random);
        for (int i = 0; i < grey.length; i++) {
            double density = smoothStep((shape[i] - clearness) / softness);
            grey[i] += contrast * density * (0.8 + 0.12 * inside[i]);
        }
    }

    /** Noise whose coordinates are displaced by other noise, which turns blobs into wisps. */
    private double[] curled(double coarsest) {
        int margin = 24;
        int wide = width + 2 * margin;
        int high = height + 2 * margin;
        double[] source = octaves(wide, high, coarsest, 3, 0.52, 1.6, random);
        double[] acrossBy = octaves(width, height, coarsest / 2, 12, 0.5, 1, random);
        double[] downBy = octaves(width, height, coarsest / 2, 12, 0.5, 1, random);
        double[] curled = new double[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                double fromX = x + margin + clamp(9 * acrossBy[i], -margin, margin - 1);
                double fromY = y + margin + clamp(9 * downBy[i], -margin, margin - 1);
                int left = (int) fromX;
                int top = (int) fromY;
                double across = fromX - left;
                double down = fromY - top;
                int at = top * wide + left;
                double upper = source[at] + across * (source[at + 1] - source[at]);
                double lower = source[at + wide] + across * (source[at + wide + 1] - source[at + wide]);
                curled[i] = upper + down * (lower - upper);
            }
        }
        return curled;
    }

    private void paintSea(double[] grey) {
        double horizon = height * uniform(0.35, 0.75, random);
        double slope = uniform(-0.03, 0.03, random);
        double level = grey[Math.min(height - 1, (int) horizon) * width + width / 2] - uniform(10, 35, random);
        double gradient = uniform(-15, 20, random);
        double swell = uniform(3, 10, random);
        double[] near = octaves(width, height, 28, 2, 0.7, 5, random);
        double[] far = octaves(width, height, 12, 2, 0.8, 6, random);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                double depth = y - horizon - slope * (x - width / 2.0);
                double nearness = clamp(depth / (height - horizon), 0, 1);
                double waves = nearness * near[i] + (1 - nearness) * far[i];
                double sea = level + gradient * nearness + swell * (0.35 + nearness) * waves;
                grey[i] += smoothStep(depth / 2) * (sea - grey[i]);
            }
        }
    }

    private void paintGround(double[] grey) {
        double horizon = height * uniform(0.35, 0.75, random);
        double[] skyline = octaves(width, 1, width / 2.0, 3, 0.45, 1, random);
        double relief = height * uniform(0.02, 0.07, random);
        double level = uniform(60, 125, random);
        double[] terrain = octaves(width, height, Math.max(width, height) / 4.0, 1.5, 0.8, 2.5, random);
        double[] fields = octaves(width, height, Math.max(width, height) / 5.0, 12, 0.5, 2.5, random);
        double roughness = uniform(9, 20, random);
        double patchwork = uniform(6, 16, random);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                double depth = y - horizon - relief * skyline[x];
                double field = StrictMath.floor(2 * fields[i]) / 2;
                double ground = level + roughness * terrain[i] + patchwork * field;
                grey[i] += smoothStep(depth / 2) * (ground - grey[i]);
            }
        }
    }

    /** The optics: a 3x3 binomial blur. */
    private double[] blurred(double[] grey) {
        double[] lines = new double[grey.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int left = y * width + Math.max(0, x - 1);
                int right = y * width + Math.min(width - 1, x + 1);
                lines[y * width + x] = (grey[left] + 2 * grey[y * width + x] + grey[right]) / 4;
            }
        }
        double[] blurred = new double[grey.length];
        for (int y = 0; y < height; y++) {
            int above = Math.max(0, y - 1) * width;
            int below = Math.min(height - 1, y + 1) * width;
            for (int x = 0; x < width; x++) {
                blurred[y * width + x] = (lines[above + x] + 2 * lines[y * width + x] + lines[below + x]) / 4;
            }
        }
        return blurred;
    }

    /** Vignetting, stripes of the columns' amplifiers and noise. */
    private double[] seenBySensor(double[] grey) {
        double vignetting = uniform(0, 0.12, random);
        double stripes = uniform(0.1, 0.8, random);
        double noise = uniform(0.8, 2.4, random);
        double[] columns = new double[width];
        for (int x = 0; x < width; x++) {
            columns[x] = stripes * gaussian(random);
        }
        for (int y = 0; y < height; y++) {
            double down = 2 * (y + 0.5) / height - 1;
            for (int x = 0; x < width; x++) {
                double across = 2 * (x + 0.5) / width - 1;
                double light = 1 - vignetting * (across * across + down * down) / 2;
                int i = y * width + x;
                grey[i] = clamp(light * grey[i] + columns[x] + noise * gaussian(random), DARKEST, BRIGHTEST);
            }
        }
        return grey;
    }

    private static double smoothStep(double t) {
        double u = clamp(t + 0.5, 0, 1);
        return u * u * (3 - 2 * u);
    }

    private static double clamp(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }
}
