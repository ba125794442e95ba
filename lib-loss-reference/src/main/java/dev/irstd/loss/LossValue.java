package dev.irstd.loss;

/**
 * What a {@link Loss} says of some logits.
 *
 * <p>The array is handed over, not copied: whoever evaluates the loss owns it. Two values are equal only if they share
 * it.
 *
 * @param value the loss
 * @param gradient its derivative with respect to each logit, in the order of the logits
 */
public record LossValue(double value, double[] gradient) {

    LossValue plus(LossValue other) {
        double[] sum = gradient.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.gradient[i];
        }
        return new LossValue(value + other.value, sum);
    }
}
