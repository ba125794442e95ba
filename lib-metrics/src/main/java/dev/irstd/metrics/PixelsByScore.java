package dev.irstd.metrics;

import java.util.Arrays;

/** The pixels of a score map, grouped by the highest threshold that their score exceeds. */
final class PixelsByScore {
    private final int[] pixels;
    /** Where the group of each threshold ends; pixels that exceed none come first. */
    private final int[] ends;

    private PixelsByScore(int[] pixels, int[] ends) {
        this.pixels = pixels;
        this.ends = ends;
    }

    static PixelsByScore of(float[] scores, float[] risingThresholds) {
        int[] exceeded = new int[scores.length];
        int[] next = new int[risingThresholds.length + 2];
        for (int pixel = 0; pixel < scores.length; pixel++) {
            exceeded[pixel] = thresholdsBelow(scores[pixel], risingThresholds);
            next[exceeded[pixel] + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        int[] pixels = new int[scores.length];
        for (int pixel = 0; pixel < scores.length; pixel++) {
            pixels[next[exceeded[pixel]]++] = pixel;
        }
        return new PixelsByScore(pixels, next);
    }

    private static int thresholdsBelow(float score, float[] risingThresholds) {
        int low = 0;
        int high = risingThresholds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (risingThresholds[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The pixels that exceed this threshold and none of those after it, in raster order. */
    int[] exceedingNoneAbove(int threshold) {
        return Arrays.copyOfRange(pixels, ends[threshold], ends[threshold + 1]);
    }
}
