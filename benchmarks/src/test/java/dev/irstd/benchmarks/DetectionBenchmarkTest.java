package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.Activation;
import dev.irstd.IrstdDetector;
import dev.irstd.ScoreMap;
import dev.irstd.models.Models;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DetectionBenchmarkTest {
    private static final float ROUNDING = 1e-6f;

    private final DetectionBenchmark benchmark = new DetectionBenchmark();

    @BeforeEach
    void needsTheEmbeddedModel() {
        assumeTrue(
                Models.class.getResource(DetectionBenchmark.MODEL) != null,
                "this build lacks the embedded model " + DetectionBenchmark.MODEL);
    }

    @ParameterizedTest
    @CsvSource({"256x256, 1", "640x512, 2"})
    void measuresTheSameWorkWithAndWithoutTheDetector(String size, int threads) throws OrtException, IOException {
        float[] scores = scores(size, threads).toArray();
        FloatBuffer output = output(size, threads);
        Activation activation = activation();
        float largest = 0;
        for (int i = 0; i < scores.length; i++) {
            largest = Math.max(largest, Math.abs(scores[i] - probability(activation, output.get(i))));
        }
        assertThat(output.remaining()).isEqualTo(scores.length);
        assertThat(largest).isLessThan(ROUNDING);
    }

    private ScoreMap scores(String size, int threads) {
        DetectionBenchmark.WholeDetector state = new DetectionBenchmark.WholeDetector();
        state.size = size;
        state.threads = threads;
        state.open();
        try {
            return benchmark.detector(state).scoreMap();
        } finally {
            state.close();
        }
    }

    private FloatBuffer output(String size, int threads) throws OrtException, IOException {
        DetectionBenchmark.BareSession state = new DetectionBenchmark.BareSession();
        state.size = size;
        state.threads = threads;
        state.open();
        try {
            return benchmark.session(state);
        } finally {
            state.close();
        }
    }

    private static Activation activation() {
        try (IrstdDetector detector = IrstdDetector.load(Models.rrcanet18())) {
            return detector.manifest().activation();
        }
    }

    private static float probability(Activation activation, float output) {
        return activation == Activation.LOGITS ? (float) (1 / (1 + Math.exp(-output))) : output;
    }
}
