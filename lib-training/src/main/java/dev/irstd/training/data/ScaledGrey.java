package dev.irstd.training.data;

import dev.irstd.Box;
import dev.irstd.InfraredImage;

/** The grey levels of a scaled image, by bilinear interpolation. */
final class ScaledGrey {
    private ScaledGrey() {}

    /**
     * Reads a part of the scaled image.
     *
     * @return grey levels from 0 to 255 with fractions, row by row
     */
    static float[] of(InfraredImage image, ScaledAxis columns, ScaledAxis rows, Box crop) {
        int left = columns.below(crop.x());
        int width = columns.above(crop.x() + crop.width() - 1) - left + 1;
        int[] below = new int[crop.width()];
        int[] above = new int[crop.width()];
        float[] fraction = new float[crop.width()];
        for (int x = 0; x < crop.width(); x++) {
            below[x] = columns.below(crop.x() + x) - left;
            above[x] = columns.above(crop.x() + x) - left;
            fraction[x] = columns.fraction(crop.x() + x);
        }
        float[] grey = new float[crop.width() * crop.height()];
        float[] line = new float[width];
        for (int y = 0; y < crop.height(); y++) {
            int top = rows.below(crop.y() + y);
            int bottom = rows.above(crop.y() + y);
            blend(image, left, top, bottom, rows.fraction(crop.y() + y), line);
            int at = y * crop.width();
            for (int x = 0; x < crop.width(); x++) {
                float before = line[below[x]];
                grey[at + x] = before + fraction[x] * (line[above[x]] - before);
            }
        }
        return grey;
    }

    /** A line between two rows of the image. */
    private static void blend(InfraredImage image, int left, int top, int bottom, float down, float[] line) {
        float level = 1f / GreyLevels.steps(image.bits());
        for (int x = 0; x < line.length; x++) {
            float upper = image.sample(left + x, top);
            float lower = down == 0 ? upper : image.sample(left + x, bottom);
            line[x] = level * (upper + down * (lower - upper));
        }
    }
}
