package dev.irstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InfraredImageTest {
    @Test
    void takesRectanglesOutOfArraysAndCopiesThem() {
        byte[] bytes = {9, 9, 1, 2, 9, 3, (byte) 200};
        short[] shorts = {9, 9, 1, 2, 9, 3, (short) 60000};

        InfraredImage grey8 = InfraredImage.grey8(2, 2, bytes, 2, 3);
        InfraredImage grey16 = InfraredImage.grey16(2, 2, shorts, 2, 3);
        bytes[2] = 77;
        shorts[2] = 77;

        assertThat(grey8.bits()).isEqualTo(8);
        assertThat(row(grey8, 0)).containsExactly(1, 2);
        assertThat(row(grey8, 1)).containsExactly(3, 200);
        assertThat(grey16.bits()).isEqualTo(16);
        assertThat(row(grey16, 0)).containsExactly(1, 2);
        assertThat(row(grey16, 1)).containsExactly(3, 60000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 2, 0x1",
        "2, -1, 0, 2, 2x-1",
        "2, 2, -1, 2, offset -1",
        "2, 2, 0, 1, stride 1",
        "2, 3, 1, 3, needs 9 samples",
        "2147483647, 2, 0, 2147483647, needs 4294967294 samples",
        "2, 2147483647, 2147483647, 2147483647, needs 4611686014132420611 samples",
        "65536, 65536, 0, 65536, needs 4294967296 samples"
    })
    void rejectsRectanglesThatTheArrayDoesNotHold(int width, int height, int offset, int stride, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.grey8(width, height, new byte[8], offset, stride))
                .withMessageContaining(said);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.grey16(width, height, new short[8], offset, stride))
                .withMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "2, 0", "0, 2"})
    void rejectsPixelsOutside(int x, int y) {
        InfraredImage image = InfraredImage.grey8(2, 2, new byte[4], 0, 2);

        assertThatThrownBy(() -> image.sample(x, y))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("(" + x + ", " + y + ") of a 2x2 image");
    }

    @Test
    void survivesTheWayThroughABufferedImage() {
        InfraredImage grey8 = InfraredImage.grey8(2, 1, new byte[] {100, (byte) 250}, 0, 2);
        InfraredImage grey16 = InfraredImage.grey16(2, 1, new short[] {100, (short) 60000}, 0, 2);

        assertThat(InfraredImage.of(grey8.toImage())).isEqualTo(grey8).hasSameHashCodeAs(grey8);
        assertThat(InfraredImage.of(grey16.toImage())).isEqualTo(grey16).hasSameHashCodeAs(grey16);
    }

    @Test
    void isNotEqualToAnImageOfAnotherDepth() {
        InfraredImage grey8 = InfraredImage.grey8(1, 1, new byte[] {7}, 0, 1);

        assertThat(grey8).isNotEqualTo(InfraredImage.grey16(1, 1, new short[] {7}, 0, 1));
    }

    private static int[] row(InfraredImage image, int y) {
        int[] row = new int[image.width()];
        for (int x = 0; x < row.length; x++) {
            row[x] = image.sample(x, y);
        }
        return row;
    }
}
