package dev.irstd.loss;

/**
 * A loss over the pixels of one image or of a whole batch.
 *
 * <p>Implementations are immutable and thread-safe; {@link Losses} makes them.
 */
@FunctionalInterface
public interface Loss {

    /**
     * Evaluates the loss and its gradient.
     *
     * @param logits the network's output before the sigmoid, one finite value a pixel, any order; at least one pixel
     * @param target what each pixel should be, in the order of {@code logits}: 1 on a target, 0 on background, soft
     *     targets between
     * @return the value, and its derivative with respect to each logit
     * @throws IllegalArgumentException if the arrays are empty or differ in length, a logit is not finite, a target
     *     lies outside [0, 1], or the loss needs more pixels than there are
     */
    LossValue at(double[] logits, double[] target);
}
