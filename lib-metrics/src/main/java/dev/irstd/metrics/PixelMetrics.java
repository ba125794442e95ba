package dev.irstd.metrics;

/**
 * How well predicted masks cover the true ones, pixel by pixel, over a set of images.
 *
 * @param images images counted
 * @param emptyUnions images among them whose prediction and truth are both empty
 * @param truePositives pixels that are set in prediction and truth
 * @param falsePositives pixels that are set in the prediction alone
 * @param falseNegatives pixels that are set in the truth alone
 * @param trueNegatives pixels that are set in neither
 * @param iouSum the sum of each image's own IoU; an empty union adds 0
 */
public record PixelMetrics(
        long images,
        long emptyUnions,
        long truePositives,
        long falsePositives,
        long falseNegatives,
        long trueNegatives,
        double iouSum) {

    /**
     * The intersection over union of all images taken as one, of the target class alone. The field calls it mIoU.
     *
     * @return the ratio in [0, 1]; NaN if no pixel is set anywhere
     */
    public double iou() {
        return Ratio.of(truePositives, truePositives + falsePositives + falseNegatives);
    }

    /**
     * The mean of the images' own IoU (nIoU).
     *
     * @param convention what an image without any pixel set counts
     * @return the mean in [0, 1]; NaN if no image counts
     */
    public double nIou(EmptyUnion convention) {
        return switch (convention) {
            case ONE -> (iouSum + emptyUnions) / images;
            case SKIP -> iouSum / (images - emptyUnions);
            case ZERO -> iouSum / images;
        };
    }

    /**
     * The share of the predicted pixels that are true.
     *
     * @return the ratio in [0, 1]; NaN if no pixel is predicted
     */
    public double precision() {
        return Ratio.of(truePositives, truePositives + falsePositives);
    }

    /**
     * The share of the true pixels that are predicted. Official code calls it pixel accuracy.
     *
     * @return the ratio in [0, 1]; NaN if no pixel is true
     */
    public double recall() {
        return Ratio.of(truePositives, truePositives + falseNegatives);
    }

    /**
     * The harmonic mean of {@link #precision} and {@link #recall}.
     *
     * @return the mean in [0, 1]; 0 where only one of them is defined, NaN if no pixel is set anywhere
     */
    public double f1() {
        return Ratio.of(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    /**
     * The share of the background's pixels that are predicted.
     *
     * @return the ratio in [0, 1]; NaN if there is no background
     */
    public double falsePositiveRate() {
        return Ratio.of(falsePositives, falsePositives + trueNegatives);
    }
}
