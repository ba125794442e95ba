package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.IrstdDetector;
import dev.irstd.models.Models;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DetectionBenchmarkTest {
    private static final float ROUNDING = 1e-6f;

    private final DetectionBenchmark benchmark = new DetectionBenchmark();

    @ParameterizedTest
    @CsvSource({"64x64, 1, 1", "96x80, 2, 2"})
    void measuresTheSameWorkWithAndWithoutTheDetector(String size, int threads, int batch) throws OrtException {
        float[] scores = detection(size, threads).scoreMap().toArray();
        FloatBuffer output = output(size, threads, batch);
        Activation activation = activation();
        float largest = 0;
        for (int i = 0; i < scores.length * batch; i++) {
            float score = scores[i % scores.length];
            largest = Math.max(largest, Math.abs(score - probability(activation, output.get(i))));
        }
        assertThat(output.remaining()).isEqualTo(scores.length * batch);
        assertThat(largest).isLessThan(ROUNDING);
    }

    @Test
    void findsInEachImageOfAStreamWhatItFindsInOne() {
        int targets = detection("96x80", 1).targets().size();
        DetectionBenchmark.Camera camera = new DetectionBenchmark.Camera();
        camera.size = "96x80";
        camera.open();
        try {
            assertThat(targets).isPositive();
            assertThat(benchmark.stream(camera)).isEqualTo(32L * targets);
        } finally {
            camera.close();
        }
    }

    private Detection detection(String size, int threads) {
        DetectionBenchmark.WholeDetector state = new DetectionBenchmark.WholeDetector();
        DetectionBenchmark.Stages stages = new DetectionBenchmark.Stages();
        state.size = size;
        state.threads = threads;
        state.open();
        try {
            Detection detection = benchmark.detector(state, stages);
            assertThat(stages.detections).isEqualTo(1);
            assertThat(stages.preprocessingNanos)
                    .isEqualTo(detection.timing().preprocessing().toNanos());
            assertThat(benchmark.samples(state).width()).isEqualTo(detection.width());
            assertThat(benchmark.mask(state)).isEqualTo(detection.mask());
            return detection;
        } finally {
            state.close();
        }
    }

    private FloatBuffer output(String size, int threads, int batch) throws OrtException {
        DetectionBenchmark.BareSession state = new DetectionBenchmark.BareSession();
        state.size = size;
        state.threads = threads;
        state.batch = batch;
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
