package dev.irstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScoreMapTest {
    private static final float[] SCORES = {0, 0.25f, 0.5f, Math.nextUp(0.5f), 0.75f, 1};
    private static final ScoreMap MAP = ScoreMap.of(3, 2, SCORES);

    @Test
    void hasTheScoresItWasMadeOf() {
        assertThat(MAP.width()).isEqualTo(3);
        assertThat(MAP.height()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            assertThat(MAP.get(i % 3, i / 3)).isEqualTo(SCORES[i]);
        }
        assertThat(MAP.toArray()).containsExactly(SCORES);
        assertThat(MAP).hasToString("ScoreMap[3x2]");
    }

    @Test
    void onePixelIsAMap() {
        assertThat(ScoreMap.of(1, 1, new float[] {0.5f}).get(0, 0)).isEqualTo(0.5f);
    }

    @Test
    void sharesItsScoresWithNobody() {
        float[] scores = SCORES.clone();
        ScoreMap map = ScoreMap.of(3, 2, scores);
        scores[0] = 1;
        map.toArray()[1] = 1;

        assertThat(map).isEqualTo(MAP);
    }

    @Test
    void onlyScoresStrictlyAboveTheThresholdAreSet() {
        assertThat(MAP.above(0.5f)).isEqualTo(Mask.of(3, 2, new boolean[] {false, false, false, true, true, true}));
    }

    @Test
    void thresholdZeroLeavesOutZeroAndOneLeavesOutAll() {
        assertThat(MAP.above(0).area()).isEqualTo(5);
        assertThat(MAP.above(1).area()).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {-Float.MIN_VALUE, 1.0000001f, Float.NaN})
    void refusesAThresholdThatIsNoProbability(float threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAP.above(threshold))
                .withMessage("threshold " + threshold + " is not a probability in [0, 1]");
    }

    @ParameterizedTest
    @ValueSource(floats = {-Float.MIN_VALUE, 1.0000001f, Float.NaN})
    void refusesAScoreThatIsNoProbability(float score) {
        float[] scores = {0, 0, 0, 0, 0, score};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreMap.of(3, 2, scores))
                .withMessage("score " + score + " at (2, 1) is not a probability in [0, 1]");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "3, 0", "0, -1", "0, 2"})
    void hasNoScoresOutside(int x, int y) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MAP.get(x, y))
                .withMessage("pixel (" + x + ", " + y + ") of a 3x2 score map");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 0", "1, 0, 0", "-1, -1, 1", "2, 3, 5", "65536, 65536, 0"})
    void refusesSizesThatDoNotAgree(int width, int height, int scores) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreMap.of(width, height, new float[scores]))
                .withMessageContaining(width + "x" + height + " does not have " + scores);
    }

    @Test
    void equalsOneOfTheSameSizeAndScores() {
        assertThat(ScoreMap.of(3, 2, SCORES)).isEqualTo(MAP).hasSameHashCodeAs(MAP);
        assertThat(ScoreMap.of(2, 3, SCORES)).isNotEqualTo(MAP);
        assertThat(ScoreMap.of(3, 2, new float[6])).isNotEqualTo(MAP);
        assertThat(MAP).isNotEqualTo(MAP.above(0));
    }
}
