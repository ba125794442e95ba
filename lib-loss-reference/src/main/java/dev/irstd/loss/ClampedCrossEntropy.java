package dev.irstd.loss;

/** The binary cross entropy of a probability, with each logarithm held at -100 or above, as PyTorch computes it. */
final class ClampedCrossEntropy {
    private static final double LEAST_LOGARITHM = -100;
    private static final double LEAST_VARIANCE = 1e-12;

    private ClampedCrossEntropy() {}

    static double value(double p, double target) {
        return -(target * Math.max(Math.log(p), LEAST_LOGARITHM)
                + (1 - target) * Math.max(Math.log1p(-p), LEAST_LOGARITHM));
    }

    /** The derivative with respect to the probability. */
    static double derivative(double p, double target) {
        return (p - target) / Math.max(p * (1 - p), LEAST_VARIANCE);
    }
}
