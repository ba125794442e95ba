package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * How a target stands out from its neighbourhood, in an image or in what a filter has made of it. Classical detectors are
 * compared by the gain from one to the other:
 *
 * <pre>{@code
 * List<LocalContrast> before = LocalContrast.of(image::sample, truth, LocalContrast.USUAL_MARGIN);
 * List<LocalContrast> after = LocalContrast.of(scores::get, truth, LocalContrast.USUAL_MARGIN);
 * double scrg = after.get(0).scrGainOver(before.get(0));
 * }</pre>
 *
 * <p>The neighbourhood is the target's box with a margin on each side, cut at the border of the image, without the pixels
 * of any target (Gao et al., "Infrared Patch-Image Model for Small Target Detection in a Single Image", IEEE TIP 2013,
 * take the pixels outside the box). Deviations are those of the neighbourhood itself, divided by the number of its
 * pixels. The gains of contrast and background depend on the scale of both images: bring them to the same range first,
 * or use the gain of SCR, which does not. A filter that leaves a neighbourhood without any variation has infinite ones.
 *
 * @param targetMean mean value of the target's pixels
 * @param backgroundMean mean value of its neighbourhood; NaN if there is none
 * @param backgroundDeviation standard deviation of its neighbourhood; NaN if there is none
 */
public record LocalContrast(double targetMean, double backgroundMean, double backgroundDeviation) {
    /** The margin of Gao et al., in pixels. */
    public static final int USUAL_MARGIN = 20;

    /**
     * Measures every target.
     *
     * @param image the values, which cover the mask
     * @param targets the true targets
     * @param margin pixels that the neighbourhood reaches beyond the target's box, at least 1
     * @return one contrast a target, in raster order of their first pixels as {@link Mask#components}
     * @throws IllegalArgumentException if there is no margin
     */
    public static List<LocalContrast> of(GreyValues image, Mask targets, int margin) {
        if (margin < 1) {
            throw new IllegalArgumentException("a margin of " + margin + " pixels leaves no neighbourhood");
        }
        Regions regions = Regions.of(targets);
        List<LocalContrast> contrasts = new ArrayList<>();
        for (Region target : regions.components()) {
            SummaryStatistics inside = new SummaryStatistics();
            SummaryStatistics around = new SummaryStatistics();
            int bottom = Math.min(target.bottom() + margin, targets.height() - 1);
            int right = Math.min(target.right() + margin, targets.width() - 1);
            for (int y = Math.max(target.top() - margin, 0); y <= bottom; y++) {
                for (int x = Math.max(target.left() - margin, 0); x <= right; x++) {
                    Region region = regions.at(y * targets.width() + x);
                    if (region == target) {
                        inside.addValue(image.at(x, y));
                    } else if (region == null) {
                        around.addValue(image.at(x, y));
                    }
                }
            }
            contrasts.add(
                    new LocalContrast(inside.getMean(), around.getMean(), Math.sqrt(around.getPopulationVariance())));
        }
        return contrasts;
    }

    /**
     * The contrast: the distance of the means of target and neighbourhood.
     *
     * @return the distance, at least 0, in the values' unit
     */
    public double contrast() {
        return Math.abs(targetMean - backgroundMean);
    }

    /**
     * The signal-to-clutter ratio (SCR): the contrast in standard deviations of the neighbourhood.
     *
     * @return the ratio, at least 0
     */
    public double scr() {
        return contrast() / backgroundDeviation;
    }

    /**
     * The SCR gain (SCRG).
     *
     * @param before the same target before filtering
     * @return the ratio of the SCR after to that before
     */
    public double scrGainOver(LocalContrast before) {
        return scr() / before.scr();
    }

    /**
     * The contrast gain (CG).
     *
     * @param before the same target before filtering
     * @return the ratio of the contrast after to that before
     */
    public double contrastGainOver(LocalContrast before) {
        return contrast() / before.contrast();
    }

    /**
     * The background suppression factor (BSF).
     *
     * @param before the same target before filtering
     * @return the ratio of the neighbourhood's deviation before to that after
     */
    public double backgroundSuppressionOver(LocalContrast before) {
        return before.backgroundDeviation / backgroundDeviation;
    }
}
