package dev.irstd.metrics;

import java.math.BigDecimal;

/**
 * Sums behind {@link PixelMetrics}.
 *
 * @param iouSum exact, so that neither the order of the images nor the cut into shards shows in its last bit
 */
record PixelCounts(
        long images,
        long emptyUnions,
        long truePositives,
        long falsePositives,
        long falseNegatives,
        long trueNegatives,
        BigDecimal iouSum) {
    static final PixelCounts NONE = new PixelCounts(0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

    /** The counts of one image, whose sum is its own IoU and therefore exact. */
    static PixelCounts of(PixelMetrics image) {
        return new PixelCounts(
                image.images(),
                image.emptyUnions(),
                image.truePositives(),
                image.falsePositives(),
                image.falseNegatives(),
                image.trueNegatives(),
                image.iouSum() == 0 ? BigDecimal.ZERO : new BigDecimal(image.iouSum()));
    }

    PixelCounts plus(PixelCounts other) {
        return new PixelCounts(
                images + other.images,
                emptyUnions + other.emptyUnions,
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives,
                iouSum.add(other.iouSum));
    }

    PixelMetrics metrics() {
        return new PixelMetrics(
                images,
                emptyUnions,
                truePositives,
                falsePositives,
                falseNegatives,
                trueNegatives,
                iouSum.doubleValue());
    }
}
