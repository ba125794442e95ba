package dev.irstd.metrics;

import dev.irstd.Mask;
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
        BigDecimal iouSum) {
    static final PixelCounts NONE = new PixelCounts(0, 0, 0, 0, 0, BigDecimal.ZERO);

    static PixelCounts of(Mask prediction, Mask truth) {
        int both = 0;
        for (int y = 0; y < truth.height(); y++) {
            for (int x = 0; x < truth.width(); x++) {
                if (prediction.get(x, y) && truth.get(x, y)) {
                    both++;
                }
            }
        }
        int onlyPredicted = prediction.area() - both;
        int onlyTrue = truth.area() - both;
        int union = both + onlyPredicted + onlyTrue;
        return union == 0
                ? new PixelCounts(1, 1, 0, 0, 0, BigDecimal.ZERO)
                : new PixelCounts(1, 0, both, onlyPredicted, onlyTrue, new BigDecimal((double) both / union));
    }

    PixelCounts plus(PixelCounts other) {
        return new PixelCounts(
                images + other.images,
                emptyUnions + other.emptyUnions,
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                iouSum.add(other.iouSum));
    }

    PixelMetrics metrics() {
        return new PixelMetrics(
                images, emptyUnions, truePositives, falsePositives, falseNegatives, iouSum.doubleValue());
    }
}
