package dev.irstd.metrics;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class LocalContrastTest {
    private static final Mask TARGET = Masks.of(
            ".....", //
            ".....", "..#..", ".....", ".....");

    @Test
    void comparesATargetWithItsNeighbourhoodAlone() {
        // Columns 1 to 3 of rows 1 to 3 are the neighbourhood: four of 1, four of 3; 200 lies beyond
        byte[] samples = {
            (byte) 200, (byte) 200, (byte) 200, (byte) 200, (byte) 200, //
            (byte) 200, 1, 3, 1, (byte) 200, //
            (byte) 200, 3, 10, 3, (byte) 200, //
            (byte) 200, 1, 3, 1, (byte) 200, //
            (byte) 200, (byte) 200, (byte) 200, (byte) 200, (byte) 200
        };
        InfraredImage image = InfraredImage.grey8(5, 5, samples, 0, 5);

        List<LocalContrast> contrasts = LocalContrast.of(image::sample, TARGET, 1);

        assertThat(contrasts).containsExactly(new LocalContrast(10, 2, 1));
        assertThat(contrasts.get(0).contrast()).isEqualTo(8);
        assertThat(contrasts.get(0).scr()).isEqualTo(8);
    }

    @Test
    void gainsAreRatiosOfAfterToBefore() {
        LocalContrast before = new LocalContrast(10, 2, 4);
        LocalContrast after = new LocalContrast(25, 1, 0.5);

        assertThat(after.contrastGainOver(before)).isEqualTo(24.0 / 8);
        assertThat(after.backgroundSuppressionOver(before)).isEqualTo(4 / 0.5);
        assertThat(after.scrGainOver(before)).isEqualTo(48.0 / 2);
    }

    @Test
    void scrGainDoesNotDependOnTheScale() {
        LocalContrast before = new LocalContrast(10, 2, 4);

        assertThat(LocalContrast.of((x, y) -> x + y * y, TARGET, 2).get(0).scrGainOver(before))
                .isEqualTo(
                        LocalContrast.of((x, y) -> 7 * (x + y * y) - 3, TARGET, 2)
                                .get(0)
                                .scrGainOver(before),
                        withPrecision(1e-12));
    }

    @Test
    void neighbourhoodEndsAtTheBorderOfTheImage() {
        // Columns 1 and 2 alone
        assertThat(LocalContrast.of((x, y) -> x, Masks.of("#....."), 2))
                .containsExactly(new LocalContrast(0, 1.5, 0.5));
    }

    @Test
    void otherTargetsAreNoBackground() {
        GreyValues values = (x, y) -> x == 4 ? 1000 : x;

        assertThat(LocalContrast.of(values, Masks.of("..#.#."), 3))
                .containsExactly(
                        new LocalContrast(2, (0 + 1 + 3 + 5) / 4.0, Math.sqrt(14.75 / 4)),
                        new LocalContrast(1000, (1 + 3 + 5) / 3.0, Math.sqrt(8 / 3.0)));
    }

    @Test
    void evenBackgroundIsSuppressedWithoutLimit() {
        LocalContrast before = new LocalContrast(10, 2, 4);
        LocalContrast after = new LocalContrast(1, 0, 0);

        assertThat(after.backgroundSuppressionOver(before)).isInfinite();
        assertThat(after.scrGainOver(before)).isInfinite();
    }

    @Test
    void targetWithoutNeighbourhoodHasNoContrast() {
        assertThat(LocalContrast.of((x, y) -> 1, Masks.full(3, 3), 20).get(0).scr())
                .isNaN();
    }

    @Test
    void refusesNoMargin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalContrast.of((x, y) -> 0, TARGET, 0))
                .withMessage("a margin of 0 pixels leaves no neighbourhood");
    }
}
