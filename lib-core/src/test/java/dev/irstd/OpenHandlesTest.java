package dev.irstd;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenHandlesTest {
    private static final float[][][][] IMAGE = {{{{0.5f}}}};

    @Test
    void countsAllThatADetectorHolds() {
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            detector.detect(Frames.of("9."));

            assertThat(OpenHandles.count())
                    .as("session, its options and those of a run")
                    .isEqualTo(3);
        }

        assertThat(OpenHandles.count()).isZero();
    }

    @Test
    void countsWhatARunTakesAndGives() throws OrtException {
        OrtEnvironment environment = SharedEnvironment.get().environment();
        try (SessionOptions options = new SessionOptions();
                OrtSession session =
                        environment.createSession(TinyNetwork.identity().onnx(), options);
                OnnxTensor image = OnnxTensor.createTensor(environment, IMAGE);
                OrtSession.Result result = session.run(Map.of("value0", image))) {
            assertThat(result.get(0).getValue()).isEqualTo(IMAGE);
            assertThat(OpenHandles.count())
                    .as("options, session, tensor, result and its tensor")
                    .isEqualTo(5);
        }

        assertThat(OpenHandles.count()).isZero();
    }

    @Test
    void saysWhereAForgottenOneWasMade() throws OrtException {
        OnnxTensor forgotten = OnnxTensor.createTensor(SharedEnvironment.get().environment(), IMAGE);

        assertThatThrownBy(() -> OpenHandles.requireNoneBut(Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("1 native object")
                .satisfies(error -> assertThat(List.of(error.getSuppressed()))
                        .singleElement()
                        .satisfies(made -> assertThat(made)
                                .hasMessage("OnnxTensor made here")
                                .hasStackTraceContaining("saysWhereAForgottenOneWasMade")));

        forgotten.close();
        assertThatCode(() -> OpenHandles.requireNoneBut(Map.of())).doesNotThrowAnyException();
    }
}
