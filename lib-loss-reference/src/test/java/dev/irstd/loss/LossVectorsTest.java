package dev.irstd.loss;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.irstd.loss.CrossEntropyForm.CLAMPED;
import static dev.irstd.loss.CrossEntropyForm.LOGIT;
import static dev.irstd.loss.Losses.PUBLISHED_EPSILON;
import static dev.irstd.loss.Losses.PUBLISHED_PERCENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

/** Against the official losses, run in double precision. */
class LossVectorsTest {
    private static final List<String> CASES = List.of(
            "all_background",
            "all_target",
            "tiny3x3",
            "multi",
            "odd_5x7",
            "n10",
            "batch8",
            "soft_mask",
            "saturated_12",
            "saturated_30",
            "saturated_60_p_exactly_0_or_1",
            "saturated_150_bce_clamp_100");

    private static final List<String> LOSSES = List.of(
            "softiou",
            "dice",
            "topk",
            "poly",
            "polytopk",
            "poly_plus_topk",
            "dicetopk",
            "dptk",
            "basic_softiou",
            "basic_topk",
            "basic_dptk",
            "dco_softiou");

    private static Npz vectors;

    /** Before each test, not once: only so are they reported as skipped where the vectors are missing. */
    @BeforeEach
    void read() throws IOException {
        if (vectors == null) {
            vectors = Npz.read(Shared.require("vectors/loss_vectors.npz"));
        }
    }

    @ParameterizedTest
    @MethodSource("lossesAndCases")
    void givesTheOfficialValueAndGradient(String loss, String name) {
        LossValue actual =
                loss(loss, pixelsPerImage(name)).at(vectors.doubles("logits_" + name), vectors.doubles("mask_" + name));

        double value = vectors.doubles("value_" + loss + "__" + name)[0];
        assertThat(actual.value()).isEqualTo(value, withPrecision(1e-9 * Math.abs(value)));
        double[] gradient = vectors.doubles("grad_" + loss + "__" + name);
        if (name.startsWith("saturated")) {
            assertThat(sorted(actual.gradient())).containsExactly(sorted(gradient), withPrecision(1e-9));
        } else {
            assertThat(actual.gradient()).containsExactly(gradient, withPrecision(1e-9));
        }
    }

    /** Saturated probabilities are so coarse that pixels tie for the last place; which one enters is arbitrary. */
    private static double[] sorted(double[] gradient) {
        return Arrays.stream(gradient).sorted().toArray();
    }

    static Stream<Arguments> lossesAndCases() {
        return LOSSES.stream().flatMap(loss -> CASES.stream().map(name -> Arguments.of(loss, name)));
    }

    /** Our form of DpT-k against the official one: the same until saturation, as the specification says. */
    @ParameterizedTest
    @CsvSource({"tiny3x3", "multi", "odd_5x7", "batch8", "soft_mask"})
    void logitFormOfDptKAgreesWithTheOfficialOneAwayFromSaturation(String name) {
        LossValue actual = Losses.dptK(PUBLISHED_PERCENT, PUBLISHED_EPSILON, LOGIT)
                .at(vectors.doubles("logits_" + name), vectors.doubles("mask_" + name));

        double value = vectors.doubles("value_dptk__" + name)[0];
        assertThat(actual.value()).isEqualTo(value, withPrecision(1e-9 * value));
        assertThat(actual.gradient()).containsExactly(vectors.doubles("grad_dptk__" + name), withPrecision(1e-9));
    }

    private static int pixelsPerImage(String name) {
        int[] shape = vectors.shape("mask_" + name);
        return shape[2] * shape[3];
    }

    private static Loss loss(String name, int pixelsPerImage) {
        return switch (name) {
            case "softiou", "basic_softiou" -> Losses.softIou();
            case "dice" -> Losses.dice();
            case "topk" -> Losses.topK(PUBLISHED_PERCENT, LOGIT);
            case "basic_topk" -> Losses.topK(PUBLISHED_PERCENT, CLAMPED);
            case "poly" -> Losses.poly(PUBLISHED_EPSILON, CLAMPED);
            case "polytopk" -> Losses.polyTopK(PUBLISHED_PERCENT, PUBLISHED_EPSILON, CLAMPED);
            case "poly_plus_topk" ->
                Losses.sum(Losses.poly(PUBLISHED_EPSILON, CLAMPED), Losses.topK(PUBLISHED_PERCENT, LOGIT));
            case "dicetopk" -> Losses.sum(Losses.dice(), Losses.topK(PUBLISHED_PERCENT, LOGIT));
            case "dptk", "basic_dptk" -> Losses.dptK(PUBLISHED_PERCENT, PUBLISHED_EPSILON, CLAMPED);
            case "dco_softiou" -> Losses.perImage(pixelsPerImage, Losses.softIou());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
