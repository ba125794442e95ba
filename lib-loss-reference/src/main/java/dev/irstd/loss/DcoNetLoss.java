package dev.irstd.loss;

/**
 * The loss of DCONet: SoftIoU of the targets, each image for itself, plus {@value #RECONSTRUCTION_WEIGHT} times the mean
 * squared error of the image that the network reconstructs beside them. Immutable and thread-safe.
 *
 * @param pixelsPerImage pixels of one image, at least 1
 */
public record DcoNetLoss(int pixelsPerImage) {
    /** The published weight of the reconstruction. */
    public static final double RECONSTRUCTION_WEIGHT = 0.1;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if {@code pixelsPerImage} is below 1
     */
    public DcoNetLoss {
        PerImageLoss.requirePixels(pixelsPerImage);
    }

    /**
     * Evaluates the loss of a batch, whose images follow one another in each array.
     *
     * @param logits the output T: one finite logit a pixel
     * @param target what each pixel should be, in [0, 1]
     * @param reconstruction the output D: one finite grey value a pixel
     * @param image the input of the network, in [0, 1]
     * @return SoftIoU with its derivative with respect to the logits, and the weighted error with its derivative with
     *     respect to the reconstruction
     * @throws IllegalArgumentException if the lengths differ or are no multiple of the image, or a value is out of range
     */
    public TwoPartLossValue at(double[] logits, double[] target, double[] reconstruction, double[] image) {
        LossValue overlap = Losses.perImage(pixelsPerImage, Losses.softIou()).at(logits, target);
        if (reconstruction.length != logits.length || image.length != logits.length) {
            throw new IllegalArgumentException("a reconstruction of " + reconstruction.length + " and an image of "
                    + image.length + " pixels do not fit " + logits.length + " logits");
        }
        return new TwoPartLossValue(overlap, reconstructionError(reconstruction, image));
    }

    private static LossValue reconstructionError(double[] reconstruction, double[] image) {
        double sum = 0;
        double[] gradient = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            Arguments.checkFinite("reconstructed pixel", i, reconstruction[i]);
            Arguments.checkUnit("image pixel", i, image[i], "divide grey values by their maximum");
            double error = reconstruction[i] - image[i];
            sum += error * error;
            gradient[i] = RECONSTRUCTION_WEIGHT * 2 * error / image.length;
        }
        return new LossValue(RECONSTRUCTION_WEIGHT * sum / image.length, gradient);
    }
}
