package dev.irstd.metrics;

import dev.irstd.Component;
import dev.irstd.Mask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mask and its components, which are found when first asked for and kept. Not thread-safe. */
final class Regions {
    private final Mask mask;
    private @Nullable List<Component> components;
    private int @Nullable [] labels;

    Regions(Mask mask) {
        this.mask = mask;
    }

    Mask mask() {
        return mask;
    }

    /** The components in raster order of their first pixel. */
    List<Component> components() {
        List<Component> found = components;
        if (found == null) {
            found = mask.components();
            components = found;
        }
        return found;
    }

    /** For each pixel, row by row, the place of its component among {@link #components}, or -1. */
    int[] labels() {
        int[] found = labels;
        if (found == null) {
            found = Labelling.of(mask);
            labels = found;
        }
        return found;
    }
}
