package dev.irstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class InputRangeTest {
    @Test
    void fullScaleIsTheContainersRange() {
        assertThat(scores(InputRange.fullScale(), Frames.grey8(3, 1, 0, 51, 255)))
                .containsExactly(0, 0.2f, 1);
        assertThat(scores(InputRange.fullScale(), Frames.grey16(3, 1, 0, 13107, 65535)))
                .containsExactly(0, 0.2f, 1);
    }

    @Test
    void aCameraOf14BitsUsesItsOwnRange() {
        float[] scores = scores(InputRange.between(0, 16383), Frames.grey16(3, 1, 0, 8192, 16383));

        assertThat(scores).containsExactly(new float[] {0, 8192 / 16383f, 1}, within(1e-7f));
    }

    @Test
    void samplesOutsideTheRangeAreClamped() {
        assertThat(scores(InputRange.between(100, 200), Frames.grey16(5, 1, 0, 99, 150, 201, 65535)))
                .containsExactly(0, 0, 0.5f, 1, 1);
        assertThat(scores(InputRange.between(100, 200), Frames.grey8(3, 1, 0, 150, 255)))
                .containsExactly(0, 0.5f, 1);
    }

    @Test
    void perImageStretchesEachImage() {
        assertThat(scores(InputRange.perImage(), Frames.grey16(3, 1, 30000, 30001, 30002)))
                .containsExactly(0, 0.5f, 1);
        assertThat(scores(InputRange.perImage(), Frames.grey8(3, 1, 20, 10, 30)))
                .containsExactly(0.5f, 0, 1);
    }

    @Test
    void aConstantImageBecomesZeros() {
        assertThat(scores(InputRange.perImage(), Frames.grey16(2, 2, 777, 777, 777, 777)))
                .containsOnly(0);
    }

    @Test
    void saysTheLimitsOfAnImage() {
        InfraredImage image = Frames.grey16(3, 1, 300, 200, 500);

        assertThat(InputRange.fullScale().limits(image)).isEqualTo(new InputRange.Limits(0, 65535));
        assertThat(InputRange.between(7, 9).limits(image)).isEqualTo(new InputRange.Limits(7, 9));
        assertThat(InputRange.perImage().limits(image)).isEqualTo(new InputRange.Limits(200, 500));
        assertThat(InputRange.perImage().limits(Frames.grey8(1, 1, 4)).span()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "6, 5", "-1, 5", "0, 65536"})
    void refusesImpossibleLimits(int low, int high) {
        assertThatThrownBy(() -> InputRange.between(low, high))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(low + " to " + high);
    }

    private static float[] scores(InputRange range, InfraredImage image) {
        try (Detector detector = IrstdDetector.builder()
                .model(TinyNetwork.identity())
                .inputRange(range)
                .build()) {
            return detector.detect(image).scoreMap().toArray();
        }
    }
}
