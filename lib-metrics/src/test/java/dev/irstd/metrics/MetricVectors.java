package dev.irstd.metrics;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.irstd.Mask;
import dev.irstd.ScoreMap;
import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference pairs of scores and masks, and what the official code says of them.
 *
 * @param pairs in the order of the file
 * @param arrays the sweeps
 * @param expected figures by name
 */
record MetricVectors(List<Pair> pairs, Npz arrays, JsonObject expected) {

    /** One image: scores, the prediction at 0.5 and the truth. */
    record Pair(ScoreMap scores, Mask prediction, Mask truth) {

        /** The scores that still have a finite logit in the official code: within 1e-6 of 0 and 1. */
        ScoreMap clampedScores() {
            float[] clamped = scores.toArray();
            for (int i = 0; i < clamped.length; i++) {
                clamped[i] = Math.min(Math.max(clamped[i], 1e-6f), 1 - 1e-6f);
            }
            return ScoreMap.of(scores.width(), scores.height(), clamped);
        }
    }

    static MetricVectors read() throws IOException {
        Npz arrays = Npz.read(Shared.require("vectors/metric_vectors.npz"));
        long[] widths = arrays.longs("widths");
        long[] heights = arrays.longs("heights");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < arrays.longs("n")[0]; i++) {
            int width = (int) widths[i];
            int height = (int) heights[i];
            pairs.add(new Pair(
                    scores(width, height, arrays.bytes("score_" + i)),
                    mask(width, height, arrays.bytes("pred_" + i)),
                    mask(width, height, arrays.bytes("mask_" + i))));
        }
        try (Reader json = Files.newBufferedReader(Shared.require("vectors/metric_vectors.json"))) {
            return new MetricVectors(pairs, arrays, JsonParser.parseReader(json).getAsJsonObject());
        }
    }

    private static ScoreMap scores(int width, int height, byte[] values) {
        float[] scores = new float[values.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (values[i] & 0xFF) / 255f;
        }
        return ScoreMap.of(width, height, scores);
    }

    /** Bits packed most significant first. */
    private static Mask mask(int width, int height, byte[] packed) {
        boolean[] pixels = new boolean[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (packed[i / 8] >> (7 - i % 8) & 1) == 1;
        }
        return Mask.of(width, height, pixels);
    }
}
