package dev.irstd.training.onnx;

/**
 * The values of an activation that 8 bits without a sign stand for, 0 among them.
 *
 * @param low the lowest, at most 0
 * @param high the highest, at least 0
 */
record Range(float low, float high) {
    private static final int STEPS = 255;

    Range {
        if (!(low <= 0 && high >= 0 && Float.isFinite(high - low))) {
            throw new IllegalArgumentException("no range of activations from " + low + " to " + high
                    + "; the network's weights or the calibration images are not usable");
        }
    }

    /** The range of values without so many of the lowest and as many of the highest. */
    static Range of(float[] values, int outliers) {
        return new Range(0 - highest(values, -1, outliers), highest(values, 1, outliers));
    }

    /** The highest value times {@code sign} that is left without the outliers; 0 if it is less. */
    private static float highest(float[] values, int sign, int outliers) {
        float[] ascending = new float[outliers + 1];
        for (float value : values) {
            float candidate = sign * value;
            if (candidate > ascending[0]) {
                int i = 0;
                for (; i < outliers && ascending[i + 1] < candidate; i++) {
                    ascending[i] = ascending[i + 1];
                }
                ascending[i] = candidate;
            }
        }
        return ascending[0];
    }

    Range union(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** The step from one integer to the next. */
    float scale() {
        return low == high ? 1 : (high - low) / STEPS;
    }

    /** The integer of the value 0. */
    int zeroPoint() {
        return Math.min(STEPS, Math.round(-low / scale()));
    }
}
