package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Draws an infrared image: a sky that brightens downwards, sensor noise and a few small targets. */
final class Scene {
    private static final long SEED = 20260101;
    private static final int TARGETS = 3;
    private static final double TARGET_RADIUS = 1.5;

    private Scene() {}

    /** The same image of 8-bit grey each time. */
    static BufferedImage draw(Size size) {
        return draw(size, SEED);
    }

    /** The same image of 8-bit grey for the same seed. */
    static BufferedImage draw(Size size, long seed) {
        int width = size.width();
        int height = size.height();
        SplittableRandom random = new SplittableRandom(seed);
        double[] grey = new double[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                grey[y * width + x] = 60 + 60.0 * y / height + random.nextGaussian(0, 4);
            }
        }
        for (int i = 0; i < TARGETS; i++) {
            addTarget(grey, width, height, random.nextInt(width), random.nextInt(height));
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sample = (int) Math.min(Math.max(Math.round(grey[y * width + x]), 0), 255);
                image.getRaster().setSample(x, y, 0, sample);
            }
        }
        return image;
    }

    private static void addTarget(double[] grey, int width, int height, int atX, int atY) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double squared = (x - atX) * (x - atX) + (y - atY) * (y - atY);
                grey[y * width + x] += 120 * Math.exp(-squared / (2 * TARGET_RADIUS * TARGET_RADIUS));
            }
        }
    }
}
