package dev.irstd.training;

/**
 * A learning rate that rises linearly, then falls along half a cosine.
 *
 * @param warmup steps of the rise, at least 0; half of all steps where these are fewer than twice as many
 * @param floor what the last step has of the highest learning rate, in [0, 1]
 */
public record CosineSchedule(int warmup, double floor) {
    public CosineSchedule {
        if (warmup < 0 || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("no schedule with " + warmup + " warm-up steps and a floor of " + floor);
        }
    }

    /**
     * Returns the factor of a step.
     *
     * @param step from 0
     * @param steps steps in all
     * @return the learning rate over the highest learning rate, in [0, 1]
     * @throws IllegalArgumentException if there is no such step
     */
    public double factor(long step, long steps) {
        if (step < 0 || step >= steps) {
            throw new IllegalArgumentException("no step " + step + " among " + steps + ", counted from 0");
        }
        long rise = Math.min(warmup, steps / 2);
        if (step < rise) {
            return (step + 1.0) / (rise + 1.0);
        }
        double progress = steps - rise <= 1 ? 0 : (double) (step - rise) / (steps - rise - 1);
        return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
