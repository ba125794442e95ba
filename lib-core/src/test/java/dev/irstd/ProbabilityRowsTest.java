package dev.irstd;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProbabilityRowsTest {
    /** An output of 3 x 3 around an image of 2 x 2: what pads it is no probability. */
    private static FloatBuffer padded(float a, float b, float c, float d) {
        return FloatBuffer.wrap(new float[] {a, b, 9, c, d, 9, 9, 9, 9});
    }

    @Test
    void readsTheImageAndNotItsPadding() {
        Rows rows = rows(Activation.PROBABILITY, padded(0, 0.25f, 0.5f, 1));

        assertThat(rows.width()).isEqualTo(2);
        assertThat(rows.height()).isEqualTo(2);
        assertThat(row(rows, 0)).containsExactly(0, 0.25f, -1);
        assertThat(row(rows, 1)).containsExactly(0.5f, 1, -1);
    }

    @Test
    void takesTheSigmoidOfLogits() {
        // 1 / (1 + e^-ln 3) = 3/4
        Rows rows = rows(Activation.LOGITS, padded(0, (float) Math.log(3), Float.NEGATIVE_INFINITY, 1000));

        assertThat(row(rows, 0)).containsExactly(0.5f, 0.75f, -1);
        assertThat(row(rows, 1)).containsExactly(0, 1, -1);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.001f, 1.001f, Float.NaN})
    void refusesWhatIsNoProbability(float value) {
        Rows rows = rows(Activation.PROBABILITY, padded(0, 0, 0, value));
        row(rows, 0);

        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() -> row(rows, 1))
                .withMessageContaining("model test.onnx returned " + value + " at (1, 1) of a score map of 2x2")
                .withMessageContaining("PROBABILITY");
    }

    private static Rows rows(Activation activation, FloatBuffer output) {
        return new ProbabilityRows("test.onnx", activation, output, 3, 2, 2);
    }

    /** A row in an array that has room for one value more. */
    private static float[] row(Rows rows, int y) {
        float[] row = {-1, -1, -1};
        rows.read(y, row);
        return row;
    }
}
