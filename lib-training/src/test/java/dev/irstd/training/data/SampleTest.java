package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SampleTest {
    private static Sample of(int[] grey, boolean... target) {
        return new Sample("a", GreyLevels.image(8, grey.length, 1, grey), Mask.of(grey.length, 1, target));
    }

    @Test
    void keepsEveryPixelAtItsOwnSize() {
        Sample sample = of(new int[] {3, 255, 7}, false, true, false);

        assertThat(sample.scaled(1)).isEqualTo(sample);
    }

    @Test
    void interpolatesGreyValuesAndCoversWhereATargetHasHalfAPixel() {
        Sample large = of(new int[] {0, 100}, false, true).scaled(2);

        // Centres at -0.25, 0.25, 0.75 and 1.25 of the source, cut off at 0 and 1; in both rows.
        assertThat(large)
                .isEqualTo(new Sample(
                        "a",
                        GreyLevels.image(8, 4, 2, new int[] {0, 25, 75, 100, 0, 25, 75, 100}),
                        Mask.of(4, 2, new boolean[] {false, false, true, true, false, false, true, true})));
    }

    @Test
    void keepsSamplesOf16Bits() {
        InfraredImage image = InfraredImage.grey16(2, 1, new short[] {1000, (short) 60001}, 0, 2);
        Sample large = new Sample("a", image, Mask.of(2, 1, new boolean[] {false, true})).scaled(1.5);

        // Centres at -0.17, 0.5 and 1.17, cut off at 0 and 1.
        assertThat(large.image().bits()).isEqualTo(16);
        assertThat(large.image().sample(0, 0)).isEqualTo(1000);
        assertThat(large.image().sample(1, 0)).isBetween(30500, 30501);
        assertThat(large.image().sample(2, 0)).isEqualTo(60001);
    }

    @Test
    void refusesToLoseATarget() {
        Sample sample = of(new int[] {0, 0, 0, 9}, false, false, false, true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample.scaled(0.25))
                .withMessage("sample \"a\": at 0.25 times its size one of its targets covers no pixel");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e9, 1e300})
    void refusesAFactorThatMakesNoImage(double factor) {
        Sample sample = of(new int[] {0, 1}, false, true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample.scaled(factor))
                .withMessageContaining("" + factor);
    }
}
