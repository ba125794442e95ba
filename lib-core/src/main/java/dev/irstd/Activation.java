package dev.irstd;

/** What a network's output values are. */
public enum Activation {
    /** Any real number; its sigmoid is the probability of a target. */
    LOGITS {
        @Override
        float probability(float output) {
            return (float) (1 / (1 + Math.exp(-output)));
        }
    },
    /** The probability of a target, in [0, 1]. */
    PROBABILITY {
        @Override
        float probability(float output) {
            if (output > 0 && output <= 1) {
                return output;
            }
            boolean rounded = output >= -ROUNDING && output <= 1 + ROUNDING;
            return rounded ? Math.min(Math.max(output, 0), 1) : output;
        }
    };

    /** How far outside [0, 1] the last operations of a network may carry a probability. */
    private static final float ROUNDING = 1e-4f;

    /** The probability, or a value that is none (NaN, outside [0, 1]) if the output stands for none. */
    abstract float probability(float output);
}
