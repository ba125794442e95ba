package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The 8-connected components of a set of pixels that may grow, as the prediction does while its threshold falls: each
 * pixel is looked at once, however many thresholds there are. Not thread-safe.
 */
final class Regions {
    private final int width;
    private final int height;
    private final @Nullable Region[] at;
    private final List<Region> components = new ArrayList<>();
    private int area;
    /** What is said until a pixel is added. */
    private @Nullable List<Region> ordered;

    Regions(int width, int height) {
        this.width = width;
        this.height = height;
        this.at = new Region[width * height];
    }

    static Regions of(Mask mask) {
        Regions regions = new Regions(mask.width(), mask.height());
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                if (mask.get(x, y)) {
                    regions.add(y * mask.width() + x);
                }
            }
        }
        return regions;
    }

    /** Adds a pixel that is not there yet. */
    void add(int pixel) {
        int x = pixel % width;
        int y = pixel / width;
        Region added = new Region(pixel, width);
        Region joined = added;
        for (int row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
            for (int column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
                Region neighbour = at[row * width + column];
                if (neighbour != null) {
                    joined = neighbour.whole().join(joined);
                }
            }
        }
        if (joined == added) {
            components.add(added);
        }
        at[pixel] = joined;
        area++;
        ordered = null;
    }

    /** The component that a pixel belongs to, or null. */
    @Nullable
    Region at(int pixel) {
        Region region = at[pixel];
        return region == null ? null : region.whole();
    }

    /** The components in raster order of their first pixel. */
    List<Region> components() {
        List<Region> found = ordered;
        if (found == null) {
            components.removeIf(region -> !region.isWhole());
            components.sort(Comparator.comparingInt(Region::firstPixel));
            found = List.copyOf(components);
            ordered = found;
        }
        return found;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int area() {
        return area;
    }
}
