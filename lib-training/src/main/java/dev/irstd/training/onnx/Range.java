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

    /** The range of values, the brightest target's among them: they are few, and what there is to find. */
    static Range of(float[] values) {
        float low = 0;
        float high = 0;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new Range(low, high);
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
