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
            checkFinite("logit", i, logits[i]);
            checkUnit("target", i, target[i], "divide a mask of grey values by its maximum");
        }
    }

    static void checkFinite(String name, int index, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + index + " is " + value + ", not a finite number");
        }
    }

    static void checkUnit(String name, int index, double value, String wayOut) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + index + " is " + value + ", outside [0, 1]; " + wayOut);
        }
    }
}
