package dev.irstd.loss;

import java.util.List;

/**
 * The losses of the field by name.
 *
 * <p>In the formulas {@code x} is a logit, {@code p = sigmoid(x)}, {@code t} the target, {@code N} the number of
 * pixels given at once and {@code bce} the binary cross entropy of a pixel. Sums and the choice of the worst pixels run
 * over everything that is given, a whole batch as well, as in the official code; {@link #perImage} keeps the images
 * apart. All losses are immutable and thread-safe.
 */
public final class Losses {
    /** The published share of worst pixels in Top-k losses, in percent. */
    public static final double PUBLISHED_PERCENT = 10;

    /** The published weight of the polynomial term in Poly losses. */
    public static final double PUBLISHED_EPSILON = 3.1;

    private Losses() {}

    /**
     * SoftIoU: {@code 1 - (sum pt + 1) / (sum p + sum t - sum pt + 1)}.
     *
     * @return the loss, in [0, 1)
     */
    public static Loss softIou() {
        return OverlapLoss.SOFT_IOU;
    }

    /**
     * Dice: {@code 1 - (2 sum pt + 1) / (sum p + sum t + 1)}.
     *
     * @return the loss, in [0, 1)
     */
    public static Loss dice() {
        return OverlapLoss.DICE;
    }

    /**
     * Top-k: the mean cross entropy of the {@code trunc(N k / 100)} worst pixels.
     *
     * <p>Of pixels that tie for the last place the earlier ones enter. Evaluating fewer pixels than give one worst pixel
     * is an {@link IllegalArgumentException} (the official code returns NaN).
     *
     * @param percent the share {@code k} of the pixels, in percent, in (0, 100]
     * @param form how the cross entropy is computed
     * @return the loss, at least 0
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public static Loss topK(double percent, CrossEntropyForm form) {
        return new PixelLoss(form, 0, percent);
    }

    /**
     * Poly: the mean of {@code bce + epsilon (1 - exp(-bce))} over all pixels.
     *
     * @param epsilon weight of the polynomial term, at least -1
     * @param form how the cross entropy is computed
     * @return the loss, at least 0
     * @throws IllegalArgumentException if {@code epsilon} is out of range
     */
    public static Loss poly(double epsilon, CrossEntropyForm form) {
        return new PixelLoss(form, epsilon, 100);
    }

    /**
     * Poly-Top-k: the mean of {@code bce + epsilon (1 - exp(-bce))} over the {@code trunc(N k / 100)} worst pixels, which
     * are chosen as in {@link #topK}.
     *
     * @param percent the share {@code k} of the pixels, in percent, in (0, 100]
     * @param epsilon weight of the polynomial term, at least -1
     * @param form how the cross entropy is computed
     * @return the loss, at least 0
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static Loss polyTopK(double percent, double epsilon, CrossEntropyForm form) {
        return new PixelLoss(form, epsilon, percent);
    }

    /**
     * DpT-k, the loss of RRCANet: {@link #dice} plus {@link #polyTopK}. The official code uses
     * {@link #PUBLISHED_PERCENT}, {@link #PUBLISHED_EPSILON} and {@link CrossEntropyForm#CLAMPED}.
     *
     * @param percent the share {@code k} of the pixels, in percent, in (0, 100]
     * @param epsilon weight of the polynomial term, at least -1
     * @param form how the cross entropy is computed
     * @return the loss
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static Loss dptK(double percent, double epsilon, CrossEntropyForm form) {
        return sum(dice(), polyTopK(percent, epsilon, form));
    }

    /**
     * The plain sum of two losses.
     *
     * @param first a loss
     * @param second a loss over the same pixels
     * @return their sum
     */
    public static Loss sum(Loss first, Loss second) {
        return (logits, target) -> first.at(logits, target).plus(second.at(logits, target));
    }

    /**
     * The mean of a loss over the images of a batch, each image for itself. DCONet trains with
     * {@link #softIou} per image.
     *
     * @param pixelsPerImage pixels of one image, at least 1; the images follow one another
     * @param loss the loss of one image
     * @return the mean; it refuses a number of pixels that is not a multiple of {@code pixelsPerImage}
     * @throws IllegalArgumentException if {@code pixelsPerImage} is below 1
     */
    public static Loss perImage(int pixelsPerImage, Loss loss) {
        return new PerImageLoss(pixelsPerImage, loss);
    }

    /**
     * Deep supervision: the mean of a loss over several outputs of a network, all against the same mask and with equal
     * weights, as RRCANet, DNANet, AMFU and UIU-Net train.
     *
     * @param loss the loss of one output
     * @param outputs the logits of each output, all at the size of the mask; at least one output
     * @param target what each pixel should be
     * @return the mean, and its derivative with respect to each logit: the outputs one after another
     * @throws IllegalArgumentException if there is no output, or the loss refuses one
     */
    public static LossValue deepSupervision(Loss loss, List<double[]> outputs, double[] target) {
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("deep supervision needs at least one output");
        }
        double sum = 0;
        double[] gradient = new double[outputs.size() * target.length];
        for (int output = 0; output < outputs.size(); output++) {
            LossValue one = loss.at(outputs.get(output), target);
            sum += one.value();
            for (int i = 0; i < target.length; i++) {
                gradient[output * target.length + i] = one.gradient()[i] / outputs.size();
            }
        }
        return new LossValue(sum / outputs.size(), gradient);
    }
}
