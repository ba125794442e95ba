package dev.irstd.loss;

import java.util.Arrays;

/**
 * The mean of {@code bce + epsilon (1 - exp(-bce))} over the worst pixels.
 *
 * @param form how the cross entropy of a pixel is computed
 * @param epsilon weight of the polynomial term, at least -1; 0 leaves the plain cross entropy
 * @param percent share of the pixels that enter, the worst ones first, in (0, 100]
 */
record PixelLoss(CrossEntropyForm form, double epsilon, double percent) implements Loss {
    PixelLoss {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("k is " + percent + " %, outside (0, 100]");
        }
        if (!(epsilon >= -1 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "epsilon is " + epsilon + "; below -1 the loss would fall while the error grows");
        }
    }

    @Override
    public LossValue at(double[] logits, double[] target) {
        Arguments.check(logits, target);
        int count = countOf(logits.length);
        double[] values = new double[logits.length];
        for (int i = 0; i < values.length; i++) {
            double crossEntropy = form.value(logits[i], target[i]);
            values[i] = crossEntropy - epsilon * Math.expm1(-crossEntropy);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double least = sorted[sorted.length - count];
        int ties = 0;
        for (int i = sorted.length - count; i < sorted.length && sorted[i] == least; i++) {
            ties++;
        }

        double sum = 0;
        double[] gradient = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] > least || values[i] == least && ties-- > 0) {
                sum += values[i];
                double chain = 1 + epsilon * Math.exp(-form.value(logits[i], target[i]));
                gradient[i] = form.derivative(logits[i], target[i]) * chain / count;
            }
        }
        return new LossValue(sum / count, gradient);
    }

    private int countOf(int pixels) {
        int count = (int) (pixels * percent / 100);
        if (count == 0) {
            throw new IllegalArgumentException("the worst " + percent + " % of " + pixels
                    + " pixels are no pixel at all; at least " + (long) Math.ceil(100 / percent) + " are needed");
        }
        return count;
    }
}
