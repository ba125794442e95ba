package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.ScoreMap;

/** Scores as grey values. */
final class GreyScores {
    private GreyScores() {}

    static ScoreMap of(InfraredImage grey, InputRange range) {
        int[] values = values(grey);
        int low = 0;
        int high = (1 << grey.bits()) - 1;
        if (range instanceof InputRange.Between between) {
            low = between.low();
            high = between.high();
        } else if (range instanceof InputRange.PerImage) {
            low = high;
            high = 0;
            for (int value : values) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        float span = Math.max(high - low, 1);
        float[] scores = new float[values.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.min(Math.max((values[i] - low) / span, 0), 1);
        }
        return ScoreMap.of(grey.width(), grey.height(), scores);
    }

    private static int[] values(InfraredImage grey) {
        int[] values = new int[grey.width() * grey.height()];
        for (int i = 0; i < values.length; i++) {
            values[i] = grey.sample(i % grey.width(), i / grey.width());
        }
        return values;
    }
}
