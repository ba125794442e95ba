package dev.irstd;

import java.util.List;
import java.util.Objects;

/**
 * What a detector found in an image. Plain values that stay valid after the detector is closed.
 *
 * @param scoreMap probability of a target at each pixel, of the image's size
 * @param mask pixels whose score lies strictly above the threshold, of the image's size
 * @param targets the mask's 8-connected components, in raster order of their first pixel
 * @param timing time that each stage took
 */
public record Detection(ScoreMap scoreMap, Mask mask, List<Target> targets, Timing timing) {
    /** Checks that the sizes agree and copies the list. */
    public Detection {
        Objects.requireNonNull(scoreMap, "scoreMap");
        Objects.requireNonNull(mask, "mask");
        targets = List.copyOf(Objects.requireNonNull(targets, "targets"));
        Objects.requireNonNull(timing, "timing");
        if (mask.width() != scoreMap.width() || mask.height() != scoreMap.height()) {
            throw new IllegalArgumentException(mask + " and " + scoreMap + " are not of the same size");
        }
    }

    /**
     * Returns the number of columns.
     *
     * @return the image's width in pixels
     */
    public int width() {
        return mask.width();
    }

    /**
     * Returns the number of rows.
     *
     * @return the image's height in pixels
     */
    public int height() {
        return mask.height();
    }
}
