package dev.irstd.loss;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.complex.Complex;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class LpNetGaLossTest {
    private static final int IMAGE = 120 * 120;
    private static final int PATCHES = 100 * 900;

    @Test
    void undecidedPatchesCostTheLogarithmOfTwo() {
        LossValue loss = LpNetGaLoss.patches(filled(2 * PATCHES, 0.5), spot(2, 3, 4));

        assertThat(loss.value()).isEqualTo(Math.log(2), withPrecision(1e-11));
    }

    @Test
    void patchesStandInRowsOfTenEveryTenPixels() {
        // Pixel (57, 34) of the second image: row 4 of patch (3, 5), row 14 of (2, 5), ..., in 3 x 3 patches
        double[] masks = spot(2, 57, 34);
        double[] patches = new double[2 * PATCHES];
        for (int row = 1; row <= 3; row++) {
            for (int column = 3; column <= 5; column++) {
                int patch = 10 * row + column;
                patches[PATCHES + patch * 900 + (34 - 10 * row) * 30 + 57 - 10 * column] = 1;
            }
        }

        assertThat(LpNetGaLoss.patches(patches, masks).value()).isZero();
    }

    @Test
    void patchLossIsClampedAndGivesNoInfiniteGradient() {
        double[] patches = new double[PATCHES];
        patches[0] = 1;

        LossValue loss = LpNetGaLoss.patches(patches, new double[IMAGE]);

        assertThat(loss.value()).isEqualTo(100.0 / PATCHES, withPrecision(1e-15));
        assertThat(loss.gradient()[0]).isEqualTo(1e12 / PATCHES, withPrecision(1e-3));
    }

    @Test
    void attentionEqualToTheDensityCostsNothing() {
        double[] mask = spot(1, 60, 61);

        LossValue loss = new LpNetGaLoss(5).attention(LpNetGaLoss.density(mask, 120, 120, 5), mask);

        assertThat(loss.value()).isZero();
        assertThat(Arrays.stream(loss.gradient()).distinct()).containsExactly(0.0);
    }

    @Test
    void attentionErrorIsSummedOverTheImage() {
        // 14400 times the mean over 14400 pixels; an empty mask has a density of 0
        LossValue loss = new LpNetGaLoss(20).attention(filled(IMAGE, 0.5), new double[IMAGE]);

        assertThat(loss.value()).isEqualTo(14_400 * 0.25, withPrecision(1e-9));
        assertThat(Arrays.stream(loss.gradient()).distinct()).containsExactly(1.0);
    }

    @Property(tries = 5)
    void gradientsAreTheDerivativesAlongAnyDirection(@ForAll long seed) {
        Random random = new Random(seed);
        LpNetGaLoss loss = new LpNetGaLoss(random.nextBoolean() ? 5 : 20);
        double[] masks = spot(1, random.nextInt(120), random.nextInt(120));
        double[] patches = random.doubles(PATCHES, 0.1, 0.9).toArray();
        double[] attention = random.doubles(IMAGE, 0, 1e-3).toArray();
        double[] patchDirection = random.doubles(PATCHES, -1, 1).toArray();
        double[] attentionDirection = random.doubles(IMAGE, -1e-2, 1e-2).toArray();

        TwoPartLossValue value = loss.at(patches, attention, masks);

        assertThat(Slope.dot(value.first().gradient(), patchDirection))
                .isEqualTo(
                        Slope.along(patches, patchDirection, x -> LpNetGaLoss.patches(x, masks)
                                .value()),
                        withPrecision(1e-9));
        assertThat(Slope.dot(value.second().gradient(), attentionDirection))
                .isEqualTo(
                        Slope.along(attention, attentionDirection, x -> loss.attention(x, masks)
                                .value()),
                        withPrecision(1e-9));
        assertThat(value.value())
                .isEqualTo(value.first().value() + value.second().value());
    }

    @Property(tries = 60)
    void densityIsTheFilteredSpectrumOfTheMask(
            @ForAll @IntRange(min = 4, max = 15) int width,
            @ForAll @IntRange(min = 4, max = 15) int height,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] mask = new double[width * height];
        for (int i = 0; i < 3; i++) {
            mask[random.nextInt(mask.length)] = 1;
        }

        assertThat(LpNetGaLoss.density(mask, width, height, 2))
                .containsExactly(densityByFourierTransform(mask, width, height, 2), withPrecision(1e-12));
    }

    @Test
    void densitySumsToOneAndPeaksOnTheTarget() {
        double[] density = LpNetGaLoss.density(spot(1, 17, 90), 120, 120, 20);

        assertThat(Arrays.stream(density).sum()).isEqualTo(1, withPrecision(1e-12));
        assertThat(density[90 * 120 + 17])
                .isEqualTo(Arrays.stream(density).max().orElseThrow());
    }

    @Test
    void largerSigmaIsASharperDensity() {
        double[] mask = spot(1, 60, 60);
        int peak = 60 * 120 + 60;

        assertThat(LpNetGaLoss.density(mask, 120, 120, 20)[peak])
                .isGreaterThan(LpNetGaLoss.density(mask, 120, 120, 5)[peak]);
    }

    @Test
    void emptyMaskHasAnEmptyDensity() {
        assertThat(Arrays.stream(LpNetGaLoss.density(new double[IMAGE], 120, 120, 5))
                        .distinct())
                .containsExactly(0.0);
    }

    @Test
    void refusesAMaskThatIsSetEverywhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LpNetGaLoss.density(filled(64, 1), 8, 8, 5))
                .withMessageContaining("a mask that is set everywhere has none, another one needs a sigma above 5.0");
    }

    @Test
    void refusesSizesThatDoNotAgree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LpNetGaLoss.patches(new double[PATCHES], new double[2 * IMAGE]))
                .withMessage(
                        "90000 patch pixels and 28800 mask pixels are not 90000 and 14400 for each of the same images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LpNetGaLoss(5).attention(new double[0], new double[0]));
    }

    @Test
    void refusesLogitsForPatches() {
        double[] patches = new double[PATCHES];
        patches[7] = -2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LpNetGaLoss.patches(patches, new double[IMAGE]))
                .withMessage("patch pixel 7 is -2.0, outside [0, 1]; give probabilities, not logits");
    }

    @Test
    void refusesASigmaOfZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LpNetGaLoss(0));
    }

    /** As the specification writes it. */
    private static double[] densityByFourierTransform(double[] mask, int width, int height, double sigma) {
        Complex[][] spectrum = new Complex[height][width];
        for (int i = 0; i < mask.length; i++) {
            spectrum[i / width][i % width] = new Complex(mask[i]);
        }
        spectrum = transformed(spectrum, -1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double dy = (y + height / 2) % height - height / 2.0;
                double dx = (x + width / 2) % width - width / 2.0;
                double filter = 1e-5 + Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                spectrum[y][x] = spectrum[y][x].multiply(filter);
            }
        }
        double[] density = Arrays.stream(transformed(spectrum, 1))
                .flatMap(Arrays::stream)
                .mapToDouble(value -> Math.abs(value.getReal()))
                .toArray();
        double least = Arrays.stream(density).min().orElseThrow();
        double sum = Arrays.stream(density).map(value -> value - least).sum();
        return Arrays.stream(density).map(value -> (value - least) / sum).toArray();
    }

    private static Complex[][] transformed(Complex[][] values, int sign) {
        Complex[][] rows =
                Arrays.stream(values).map(row -> transformed(row, sign)).toArray(Complex[][]::new);
        Complex[][] columns = Arrays.stream(transposed(rows))
                .map(column -> transformed(column, sign))
                .toArray(Complex[][]::new);
        return transposed(columns);
    }

    /** The Fourier sum itself; the inverse, of positive sign, divides by the length. */
    private static Complex[] transformed(Complex[] values, int sign) {
        Complex[] sums = new Complex[values.length];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = Complex.ZERO;
            for (int i = 0; i < values.length; i++) {
                double angle = sign * 2 * Math.PI * k * i / values.length;
                sums[k] = sums[k].add(values[i].multiply(new Complex(Math.cos(angle), Math.sin(angle))));
            }
            sums[k] = sign > 0 ? sums[k].divide(values.length) : sums[k];
        }
        return sums;
    }

    private static Complex[][] transposed(Complex[][] values) {
        Complex[][] transposed = new Complex[values[0].length][values.length];
        for (int y = 0; y < values.length; y++) {
            for (int x = 0; x < values[0].length; x++) {
                transposed[x][y] = values[y][x];
            }
        }
        return transposed;
    }

    /** Masks of 120 x 120 that are empty but for the last, where one pixel is set. */
    private static double[] spot(int images, int x, int y) {
        double[] masks = new double[images * IMAGE];
        masks[(images - 1) * IMAGE + y * 120 + x] = 1;
        return masks;
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }
}
