package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.Arrays;
import java.util.Random;

/** Masks written out. */
final class Masks {
    private Masks() {}

    /** One string a row, {@code #} for a pixel that is set. */
    static Mask of(String... rows) {
        int width = rows[0].length();
        boolean[] pixels = new boolean[width * rows.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = rows[i / width].charAt(i % width) == '#';
        }
        return Mask.of(width, rows.length, pixels);
    }

    static Mask empty(int width, int height) {
        return Mask.of(width, height, new boolean[width * height]);
    }

    static Mask full(int width, int height) {
        boolean[] pixels = new boolean[width * height];
        Arrays.fill(pixels, true);
        return Mask.of(width, height, pixels);
    }

    /** Each pixel is set with the same probability, which is drawn up to {@code greatestDensity}. */
    static Mask random(int width, int height, double greatestDensity, Random random) {
        boolean[] pixels = new boolean[width * height];
        double density = random.nextDouble() * greatestDensity;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextDouble() < density;
        }
        return Mask.of(width, height, pixels);
    }
}
