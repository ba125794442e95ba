package dev.irstd.training.data;

/** What targets add to their surroundings. */
final class TargetLight {
    /** How far from a target's mask its light reaches, and the surroundings begin, in pixels. */
    static final int REACH = 3;

    private TargetLight() {}

    /**
     * Takes the light of targets out of an image.
     *
     * @param grey levels on 0 to 255, row by row
     * @param covered 1 where a target is
     * @return the levels that targets add to each pixel; 0 where none reaches
     */
    static float[] of(float[] grey, float[] covered, int width, int height) {
        float[] share = new float[grey.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (covered[y * width + x] == 1) {
                    spread(share, x, y, width, height);
                }
            }
        }
        float[] added = new float[grey.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (share[at] > 0) {
                    added[at] = share[at] * (grey[at] - surroundings(grey, share, x, y, width, height));
                }
            }
        }
        return added;
    }

    /** A target's light counts whole on its mask and beside it, and fades out over {@link #REACH} pixels. */
    private static void spread(float[] share, int x, int y, int width, int height) {
        for (int v = Math.max(y - REACH, 0); v <= Math.min(y + REACH, height - 1); v++) {
            for (int u = Math.max(x - REACH, 0); u <= Math.min(x + REACH, width - 1); u++) {
                int distance = Math.max(Math.abs(u - x), Math.abs(v - y));
                float there = Math.min(1, (REACH + 1 - distance) / (float) REACH);
                share[v * width + u] = Math.max(share[v * width + u], there);
            }
        }
    }

    /** The mean level of the nearest pixels that no target reaches; the pixel's own where there are none. */
    private static float surroundings(float[] grey, float[] share, int x, int y, int width, int height) {
        int furthest = Math.max(width, height);
        for (int ring = REACH + 1; ring <= furthest; ring *= 2) {
            double sum = 0;
            int count = 0;
            for (int v = Math.max(y - ring, 0); v <= Math.min(y + ring, height - 1); v++) {
                for (int u = Math.max(x - ring, 0); u <= Math.min(x + ring, width - 1); u++) {
                    if (share[v * width + u] == 0) {
                        sum += grey[v * width + u];
                        count++;
                    }
                }
            }
            if (count > ring) {
                return (float) (sum / count);
            }
        }
        return grey[y * width + x];
    }
}
