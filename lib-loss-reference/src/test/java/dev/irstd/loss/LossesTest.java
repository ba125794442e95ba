package dev.irstd.loss;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class LossesTest {
    private static final double LN2 = Math.log(2);

    @Test
    void overlapOfUndecidedPixelsFollowsFromTheFormula() {
        // p = 1/2 everywhere, 2 of 4 pixels are targets: sum pt = 1, sum p = 2, sum t = 2
        double[] logits = new double[4];
        double[] target = {1, 1, 0, 0};

        assertThat(Losses.softIou().at(logits, target).value()).isEqualTo(1 - 2.0 / 4, withPrecision(1e-15));
        assertThat(Losses.dice().at(logits, target).value()).isEqualTo(1 - 3.0 / 5, withPrecision(1e-15));
    }

    @Test
    void polyTopKOfUndecidedPixelsFollowsFromTheFormula() {
        // bce = ln 2 and exp(-bce) = 1/2 for each pixel
        double value = Losses.polyTopK(50, 3.1, CrossEntropyForm.LOGIT)
                .at(new double[4], new double[] {1, 1, 0, 0})
                .value();

        assertThat(value).isEqualTo(LN2 + 3.1 / 2, withPrecision(1e-15));
    }

    @Test
    void topKTakesTheWorstPixelsAndLeavesTheOthersWithoutGradient() {
        double[] logits = {-1, 3, -2, 2};

        LossValue loss = Losses.topK(50, CrossEntropyForm.LOGIT).at(logits, new double[4]);

        assertThat(loss.value())
                .isEqualTo((Math.log1p(Math.exp(3)) + Math.log1p(Math.exp(2))) / 2, withPrecision(1e-15));
        assertThat(loss.gradient())
                .containsExactly(
                        new double[] {0, 1 / (1 + Math.exp(-3)) / 2, 0, 1 / (1 + Math.exp(-2)) / 2},
                        withPrecision(1e-15));
    }

    @Test
    void topKCountsExactlyKPixelsWhenAllTie() {
        LossValue loss = Losses.topK(30, CrossEntropyForm.LOGIT).at(new double[10], new double[10]);

        assertThat(loss.value()).isEqualTo(LN2, withPrecision(1e-15));
        assertThat(loss.gradient())
                .containsExactly(new double[] {0.5 / 3, 0.5 / 3, 0.5 / 3, 0, 0, 0, 0, 0, 0, 0}, withPrecision(1e-15));
    }

    @Test
    void shareOfPixelsIsCutDownToWholePixels() {
        // 10 % of 35 are 3 pixels: only three of the errors 1 to 35 enter
        double[] logits = new double[35];
        Arrays.setAll(logits, i -> i + 1);

        LossValue loss = Losses.topK(10, CrossEntropyForm.LOGIT).at(logits, new double[35]);

        assertThat(loss.value()).isEqualTo((33 + 34 + 35) / 3.0, withPrecision(1e-12));
    }

    @Test
    void refusesAShareThatHoldsNoPixel() {
        Loss loss = Losses.dptK(10, 3.1, CrossEntropyForm.LOGIT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.at(new double[9], new double[9]))
                .withMessage("the worst 10.0 % of 9 pixels are no pixel at all; at least 10 are needed");
    }

    @Test
    void overlapLossesVanishWhenNothingIsThereAndNothingIsSeen() {
        double[] logits = new double[16];
        Arrays.fill(logits, -1000);

        assertThat(Losses.softIou().at(logits, new double[16]).value()).isZero();
        assertThat(Losses.dice().at(logits, new double[16]).value()).isZero();
    }

    @Test
    void dptKVanishesWhenEveryPixelIsRightWithCertainty() {
        double[] logits = new double[16];
        double[] target = new double[16];
        Arrays.fill(logits, 1000);
        Arrays.fill(target, 1);

        for (CrossEntropyForm form : CrossEntropyForm.values()) {
            LossValue loss = Losses.dptK(50, 3.1, form).at(logits, target);
            assertThat(loss.value()).isZero();
            assertThat(loss.gradient()).containsOnly(0);
        }
    }

    @Test
    void logitFormStillPullsASaturatedPixelBack() {
        LossValue loss = Losses.polyTopK(100, 3.1, CrossEntropyForm.LOGIT).at(new double[] {150}, new double[] {0});

        assertThat(loss.value()).isEqualTo(153.1, withPrecision(1e-12));
        assertThat(loss.gradient()).containsExactly(1);
    }

    @Test
    void clampedFormStopsAt100AndLosesItsGradient() {
        LossValue loss = Losses.polyTopK(100, 3.1, CrossEntropyForm.CLAMPED).at(new double[] {150}, new double[] {0});

        assertThat(loss.value()).isEqualTo(103.1, withPrecision(1e-12));
        assertThat(loss.gradient()).containsExactly(0);
    }

    @Test
    void clampedGradientDecaysAsSpecified() {
        Loss loss = Losses.topK(100, CrossEntropyForm.CLAMPED);

        assertThat(loss.at(new double[] {-30}, new double[] {1}).gradient()[0]).isEqualTo(-0.0936, withPrecision(5e-5));
        assertThat(loss.at(new double[] {-60}, new double[] {1}).gradient()[0])
                .isEqualTo(-8.8e-15, withPrecision(5e-17));
    }

    @Test
    void perImageLossIsTheMeanOverTheImages() {
        double[] logits = {0, 1, 2, -3};
        double[] target = {1, 0, 1, 0};
        double first =
                Losses.softIou().at(new double[] {0, 1}, new double[] {1, 0}).value();
        double second =
                Losses.softIou().at(new double[] {2, -3}, new double[] {1, 0}).value();

        assertThat(Losses.perImage(2, Losses.softIou()).at(logits, target).value())
                .isEqualTo((first + second) / 2, withPrecision(1e-15));
    }

    @Test
    void deepSupervisionIsTheMeanOverTheOutputs() {
        double[] coarse = {0, 1, 2};
        double[] fine = {-3, 2, 0.5};
        double[] target = {0, 1, 1};
        LossValue first = Losses.dice().at(coarse, target);
        LossValue second = Losses.dice().at(fine, target);

        LossValue mean = Losses.deepSupervision(Losses.dice(), List.of(coarse, fine), target);

        assertThat(mean.value()).isEqualTo((first.value() + second.value()) / 2, withPrecision(1e-15));
        assertThat(mean.gradient())
                .containsExactly(
                        new double[] {
                            first.gradient()[0] / 2,
                            first.gradient()[1] / 2,
                            first.gradient()[2] / 2,
                            second.gradient()[0] / 2,
                            second.gradient()[1] / 2,
                            second.gradient()[2] / 2
                        },
                        withPrecision(1e-15));
    }

    @Test
    void deepSupervisionNeedsAnOutput() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.deepSupervision(Losses.dice(), List.of(), new double[1]))
                .withMessage("deep supervision needs at least one output");
    }

    @Test
    void refusesPixelsThatAreNotWholeImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.perImage(4, Losses.dice()).at(new double[6], new double[6]))
                .withMessage("6 logits are not a whole number of images of 4 pixels");
    }

    @Test
    void refusesTargetsOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.dice().at(new double[6], new double[5]))
                .withMessageContaining("6 logits and 5 targets");
    }

    @Test
    void refusesAMaskOfGreyValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.dice().at(new double[2], new double[] {0, 255}))
                .withMessage("target 1 is 255.0, outside [0, 1]; divide a mask of grey values by its maximum");
    }

    @Test
    void refusesALogitThatIsNotANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.softIou().at(new double[] {Double.NaN}, new double[] {0}))
                .withMessage("logit 0 is NaN, not a finite number");
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.topK(0, CrossEntropyForm.LOGIT));
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.topK(100.5, CrossEntropyForm.LOGIT));
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.poly(-1.5, CrossEntropyForm.LOGIT));
        assertThatIllegalArgumentException().isThrownBy(() -> Losses.perImage(0, Losses.dice()));
    }
}
