package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.Arrays;

/** Tells which 8-connected component each pixel belongs to. */
final class Labelling {
    private final Mask mask;
    private final int[] labels;
    private final int[] pending;

    private Labelling(Mask mask) {
        this.mask = mask;
        this.labels = new int[mask.width() * mask.height()];
        this.pending = new int[labels.length];
        Arrays.fill(labels, -1);
    }

    /** Numbers the components from 0 in raster order of their first pixel; -1 for pixels of none. */
    static int[] of(Mask mask) {
        Labelling labelling = new Labelling(mask);
        int next = 0;
        for (int pixel = 0; pixel < labelling.labels.length; pixel++) {
            if (labelling.isNew(pixel % mask.width(), pixel / mask.width())) {
                labelling.fill(pixel, next++);
            }
        }
        return labelling.labels;
    }

    private boolean isNew(int x, int y) {
        return mask.get(x, y) && labels[y * mask.width() + x] < 0;
    }

    private void fill(int start, int label) {
        int width = mask.width();
        int count = 0;
        labels[start] = label;
        pending[count++] = start;
        while (count > 0) {
            int pixel = pending[--count];
            int left = Math.max(pixel % width - 1, 0);
            int right = Math.min(pixel % width + 1, width - 1);
            int top = Math.max(pixel / width - 1, 0);
            int bottom = Math.min(pixel / width + 1, mask.height() - 1);
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    if (isNew(x, y)) {
                        labels[y * width + x] = label;
                        pending[count++] = y * width + x;
                    }
                }
            }
        }
    }
}
