package dev.irstd.loss;

/**
 * How the binary cross entropy of a pixel is computed. The forms agree to rounding while the probability lies well
 * inside (0, 1), and part where it saturates.
 */
public enum CrossEntropyForm {
    /**
     * From the logit {@code x}: {@code max(x, 0) - x t + ln(1 + exp(-|x|))}. Grows with the error without bound and
     * keeps its gradient {@code p - t}, so a pixel that is badly wrong is still pulled back.
     */
    LOGIT {
        @Override
        double value(double logit, double target) {
            return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
        }

        @Override
        double derivative(double logit, double target) {
            return Sigmoid.of(logit) - target;
        }
    },

    /**
     * From the probability {@code p}, each logarithm held at -100 or above, as the official DpT-k does: the value is at
     * most 100, and beyond {@code |x|} of about 28 the gradient decays to exactly 0, so that training can freeze. For
     * comparison with published code; train with {@link #LOGIT}.
     */
    CLAMPED {
        @Override
        double value(double logit, double target) {
            return ClampedCrossEntropy.value(Sigmoid.of(logit), target);
        }

        @Override
        double derivative(double logit, double target) {
            double p = Sigmoid.of(logit);
            return ClampedCrossEntropy.derivative(p, target) * (p * (1 - p));
        }
    };

    abstract double value(double logit, double target);

    /** The derivative with respect to the logit. */
    abstract double derivative(double logit, double target);
}
