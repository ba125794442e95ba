package dev.irstd.loss;

/** One minus a smoothed ratio of overlap, over all pixels at once. */
enum OverlapLoss implements Loss {
    SOFT_IOU {
        @Override
        LossValue of(double[] p, double[] t, double overlap, double mass) {
            double numerator = overlap + 1;
            double union = mass - overlap + 1;
            double[] gradient = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                gradient[i] = -variance(p[i]) * (t[i] * union - numerator * (1 - t[i])) / (union * union);
            }
            return new LossValue(1 - numerator / union, gradient);
        }
    },

    DICE {
        @Override
        LossValue of(double[] p, double[] t, double overlap, double mass) {
            double numerator = 2 * overlap + 1;
            double sum = mass + 1;
            double[] gradient = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                gradient[i] = -variance(p[i]) * (2 * t[i] * sum - numerator) / (sum * sum);
            }
            return new LossValue(1 - numerator / sum, gradient);
        }
    };

    /**
     * Evaluates the ratio.
     *
     * @param p probabilities
     * @param t targets
     * @param overlap the sum of {@code p t}
     * @param mass the sum of {@code p} and {@code t}
     */
    abstract LossValue of(double[] p, double[] t, double overlap, double mass);

    @Override
    public LossValue at(double[] logits, double[] target) {
        Arguments.check(logits, target);
        double[] probabilities = new double[logits.length];
        double overlap = 0;
        double mass = 0;
        for (int i = 0; i < logits.length; i++) {
            double p = Sigmoid.of(logits[i]);
            probabilities[i] = p;
            overlap += p * target[i];
            mass += p + target[i];
        }
        return of(probabilities, target, overlap, mass);
    }

    private static double variance(double p) {
        return p * (1 - p);
    }
}
