package dev.irstd.training.network;

import dev.irstd.Activation;
import dev.irstd.Geometry;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LPNetGATest {
    @ParameterizedTest
    @EnumSource
    void costsWhatTheSpecificationSays(LPNetGA.Statistics statistics) {
        NetworkSummary summary = NetworkSummary.of(LPNetGA.standard().withStatistics(statistics), 120, 120);

        assertThat(summary.parameterCount()).isEqualTo(925_108);
        assertThat(inG(summary.macs())).isEqualTo("34.94");
        assertThat(inG(summary.macsOnce())).isEqualTo("12.90");
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo("13.03");
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.2f", macs / 1e9);
    }

    @Test
    void sharesItsParametersAsTheSpecificationSays() {
        NetworkSummary summary = NetworkSummary.of(LPNetGA.standard(), 120, 120);

        assertThat(List.of(trained(summary, "gfe."), trained(summary, "attn."), trained(summary, "lfe.")))
                .containsExactly(419_168L, 477_784L, 28_156L);
    }

    private static long trained(NetworkSummary summary, String part) {
        return summary.parameters().stream()
                .filter(parameter ->
                        parameter.name().startsWith(part) && parameter.role().trained())
                .mapToLong(Parameter::size)
                .sum();
    }

    /** The files of the official code: every parameter, and a batch counter for each batch norm. */
    @Test
    void namesEveryTensorOfTheOfficialStateDict() {
        NetworkSummary summary = NetworkSummary.of(LPNetGA.standard(), 120, 120);

        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(summary.parameters().size() + counters).isEqualTo(382);
    }

    @Test
    void takesASingleSize() {
        assertThat(LPNetGA.standard().geometry()).isEqualTo(new Geometry.Resize(120, 120, Geometry.Sampling.BILINEAR));
    }

    @Test
    void givesProbabilities() {
        assertThat(LPNetGA.standard().outputs().prediction()).isEqualTo(Activation.PROBABILITY);
    }

    @Test
    void takesGreyImagesAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("LPNetGA", 3))
                .withMessageContaining("LPNetGA takes grey images of 1 channel alone, not 3");
    }
}
