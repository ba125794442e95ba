package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.ScoreMap;

/** Scores as grey values. */
final class GreyScores {
    private GreyScores() {}

    static ScoreMap of(InfraredImage grey, InputRange range) {
        InputRange.Limits limits = range.limits(grey);
        float span = limits.span();
        float[] scores = new float[grey.width() * grey.height()];
        for (int i = 0; i < scores.length; i++) {
            int value = grey.sample(i % grey.width(), i / grey.width());
            scores[i] = Math.min(Math.max((value - limits.low()) / span, 0), 1);
        }
        return ScoreMap.of(grey.width(), grey.height(), scores);
    }
}
