package dev.irstd.loss;

/**
 * What a loss says of a network with two outputs, one part of it for each.
 *
 * @param first the part that depends on the first output, with its gradient
 * @param second the part that depends on the second output, with its gradient; its weight is in it
 */
public record TwoPartLossValue(LossValue first, LossValue second) {

    /**
     * Returns the loss.
     *
     * @return the sum of the two parts
     */
    public double value() {
        return first.value() + second.value();
    }
}
