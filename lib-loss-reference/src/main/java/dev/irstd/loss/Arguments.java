package dev.irstd.loss;

/** What every loss asks of its arguments. */
final class Arguments {
    private Arguments() {}

    static void check(double[] logits, double[] target) {
        if (logits.length == 0 || logits.length != target.length) {
            throw new IllegalArgumentException("a loss needs one target a logit, and at least one pixel; got "
                    + logits.length + " logits and " + target.length + " targets");
        }
        for (int i = 0; i < logits.length; i++) {
            if (!Double.isFinite(logits[i])) {
                throw new IllegalArgumentException("logit " + i + " is " + logits[i] + ", not a finite number");
            }
            if (!(target[i] >= 0 && target[i] <= 1)) {
                throw new IllegalArgumentException("target " + i + " is " + target[i]
                        + ", outside [0, 1]; divide a mask of grey values by its maximum");
            }
        }
    }
}
