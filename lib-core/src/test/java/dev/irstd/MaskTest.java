package dev.irstd;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MaskTest {
    private static final boolean[] PIXELS = {false, true, false, true, true, false};
    private static final Mask MASK = Mask.of(3, 2, PIXELS);

    @Test
    void hasThePixelsItWasMadeOf() {
        assertThat(MASK.width()).isEqualTo(3);
        assertThat(MASK.height()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            assertThat(MASK.get(i % 3, i / 3)).isEqualTo(PIXELS[i]);
        }
        assertThat(MASK.area()).isEqualTo(3);
        assertThat(MASK).hasToString("Mask[3x2, area 3]");
    }

    @Test
    void keepsItsOwnPixels() {
        boolean[] pixels = PIXELS.clone();
        Mask mask = Mask.of(3, 2, pixels);
        pixels[0] = true;

        assertThat(mask).isEqualTo(MASK);
    }

    @Test
    void isDrawnWhiteOnBlack() {
        BufferedImage image = MASK.toImage();

        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(image.getRaster().getSamples(0, 0, 3, 2, 0, (int[]) null)).containsExactly(0, 255, 0, 255, 255, 0);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "3, 0", "0, -1", "0, 2"})
    void hasNoPixelsOutside(int x, int y) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> MASK.get(x, y))
                .withMessage("pixel (" + x + ", " + y + ") of a 3x2 mask");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 0", "1, 0, 0", "-1, -1, 1", "2, 3, 5", "65536, 65536, 0"})
    void refusesSizesThatDoNotAgree(int width, int height, int pixels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.of(width, height, new boolean[pixels]))
                .withMessageContaining(width + "x" + height + " does not have " + pixels);
    }

    @Test
    void equalsOneOfTheSameSizeAndPixels() {
        assertThat(Mask.of(3, 2, PIXELS)).isEqualTo(MASK).hasSameHashCodeAs(MASK);
        assertThat(Mask.of(2, 3, PIXELS)).isNotEqualTo(MASK);
        assertThat(Mask.of(3, 2, new boolean[6])).isNotEqualTo(MASK);
        assertThat(Mask.of(3, 1, new boolean[3])).isNotEqualTo(Mask.of(3, 2, new boolean[6]));
        assertThat(MASK).isNotEqualTo(ScoreMap.of(3, 2, new float[6]));
    }
}
