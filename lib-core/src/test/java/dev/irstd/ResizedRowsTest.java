package dev.irstd;

import dev.irstd.Geometry.Sampling;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResizedRowsTest {
    private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

    /** An image in memory. */
    private record Picture(int width, int height, float[] values) implements Rows {
        static Picture noise(int width, int height, long seed) {
            Random random = new Random(seed);
            float[] values = new float[width * height];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() * 255;
            }
            return new Picture(width, height, values);
        }

        @Override
        public void read(int y, float[] row) {
            System.arraycopy(values, y * width, row, 0, width);
        }
    }

    @Property(tries = 100)
    void everyPixelIsTheWeightedMeanOfTheFormula(
            @ForAll @IntRange(min = 1, max = 23) int width,
            @ForAll @IntRange(min = 1, max = 23) int height,
            @ForAll @IntRange(min = 1, max = 23) int newWidth,
            @ForAll @IntRange(min = 1, max = 23) int newHeight,
            @ForAll Sampling sampling) {
        Picture image = Picture.noise(width, height, 1);

        float[] resized = resize(image, newWidth, newHeight, sampling);

        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                assertThat(resized[y * newWidth + x])
                        .isCloseTo(formula(image, newWidth, newHeight, sampling, x, y), ROUNDING);
            }
        }
    }

    /** Over all pixels of the image, with the weights as {@link Sampling} states them. */
    private static float formula(Picture image, int newWidth, int newHeight, Sampling sampling, int x, int y) {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                double weight = weight(image.width(), newWidth, sampling, x, column)
                        * weight(image.height(), newHeight, sampling, y, row);
                sum += weight * image.values()[row * image.width() + column];
                weights += weight;
            }
        }
        return (float) (sum / weights);
    }

    private static double weight(int n, int m, Sampling sampling, int i, int j) {
        double c = (i + 0.5) * n / m;
        double s = sampling == Sampling.ANTIALIASED ? Math.max(1, (double) n / m) : 1;
        return Math.max(0, 1 - Math.abs(j + 0.5 - c) / s);
    }

    @Property
    void sameSizeChangesNothing(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll Sampling sampling) {
        Picture image = Picture.noise(width, height, 2);

        assertThat(resize(image, width, height, sampling)).isEqualTo(image.values());
    }

    @Property
    void constantImageStaysConstant(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int newWidth,
            @ForAll @IntRange(max = 65535) int sample,
            @ForAll Sampling sampling) {
        float grey = sample * 255f / 65535;
        float[] values = new float[width * 7];
        Arrays.fill(values, grey);

        for (float value : resize(new Picture(width, 7, values), newWidth, 13, sampling)) {
            assertThat(value).isEqualTo(grey);
        }
    }

    @Example
    void doublesARowByHand() {
        // Centres of the new pixels: -0.25, 0.25, 0.75, 1.25 between the old ones at 0 and 1; held at the ends.
        assertThat(resize(new Picture(2, 1, new float[] {0, 100}), 4, 1, Sampling.BILINEAR))
                .containsExactly(0, 25, 75, 100);
        assertThat(resize(new Picture(2, 1, new float[] {0, 100}), 4, 1, Sampling.ANTIALIASED))
                .containsExactly(0, 25, 75, 100);
    }

    @Example
    void quartersAColumnByHand() {
        // 8 rows to 2: centres at 2 and 6. BILINEAR: half of rows 1 and 2, half of rows 5 and 6.
        // ANTIALIASED: reach 4; rows 0 to 5 lie 1.5, .5, .5, 1.5, 2.5, 3.5 off the first centre, weights in eighths
        // 5, 7, 7, 5, 3, 1 of 28; the second centre sees the mirror image, rows 2 to 7 with 1, 3, 5, 7, 7, 5.
        float[] column = {0, 0, 28, 0, 0, 56, 0, 0};

        assertThat(resize(new Picture(1, 8, column), 1, 2, Sampling.BILINEAR)).containsExactly(14, 28);
        assertThat(resize(new Picture(1, 8, column), 1, 2, Sampling.ANTIALIASED))
                .containsExactly(new float[] {28 * 7 / 28 + 56 / 28, 28 / 28 + 56 * 7 / 28}, ROUNDING);
    }

    @Example
    void everyPixelCountsWithAntialiasAndFewWithout() {
        float[] row = new float[100];
        row[41] = 1;

        // Centres 35 and 45 lie 6.5 and 3.5 off the pixel's 41.5; the reach is 10, the sum of the weights 10.
        assertThat(resize(new Picture(100, 1, row), 10, 1, Sampling.ANTIALIASED))
                .containsExactly(new float[] {0, 0, 0, 0.035f, 0.065f, 0, 0, 0, 0, 0}, Offset.offset(1e-7f));
        assertThat(resize(new Picture(100, 1, row), 10, 1, Sampling.BILINEAR)).containsOnly(0);
    }

    @Example
    void refusesWhatNoArrayHolds() {
        Rows tall = new Rows() {
            @Override
            public int width() {
                return 1;
            }

            @Override
            public int height() {
                return 1 << 24;
            }

            @Override
            public void read(int y, float[] row) {
                throw new AssertionError("not to be read");
            }
        };

        assertThatThrownBy(() -> new ResizedRows(tall, 256, 256, Sampling.ANTIALIASED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1x16777216 to 256x256")
                .hasMessageContaining("tiles");
    }

    private static float[] resize(Rows image, int width, int height, Sampling sampling) {
        Rows resized = new ResizedRows(image, width, height, sampling);
        assertThat(resized.width()).isEqualTo(width);
        assertThat(resized.height()).isEqualTo(height);
        float[] values = new float[width * height];
        float[] row = new float[width];
        for (int y = 0; y < height; y++) {
            resized.read(y, row);
            System.arraycopy(row, 0, values, y * width, width);
        }
        return values;
    }
}
