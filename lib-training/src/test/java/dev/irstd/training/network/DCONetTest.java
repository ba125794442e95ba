package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DCONetTest {
    @ParameterizedTest
    @CsvSource({"2, 3957664", "5, 9894160", "6, 11872992"})
    void hasTheParametersThatTheSpecificationSays(int stages, long parameters) {
        Network network = DCONet.standard().withStages(stages);

        assertThat(NetworkSummary.of(network, 32, 32).parameterCount()).isEqualTo(parameters);
    }

    @Test
    void costsWhatTheSpecificationSays() {
        NetworkSummary summary = NetworkSummary.of(DCONet.standard(), 256, 256);

        assertThat(inG(summary.macs())).isEqualTo("24.511");
        assertThat(inG(summary.macsOnce())).isEqualTo("24.510");
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo("24.879");
        assertThat(inG(NetworkSummary.of(DCONet.standard().withStages(6), 256, 256)
                        .macs()))
                .isEqualTo("29.530");
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }

    /** The files of the official code: every parameter, and a batch counter for each batch norm. */
    @ParameterizedTest
    @CsvSource({"2, 492", "5, 1230"})
    void namesEveryTensorOfTheOfficialStateDict(int stages, int tensors) {
        NetworkSummary summary = NetworkSummary.of(DCONet.standard().withStages(stages), 32, 32);

        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(summary.parameters().size() + counters).isEqualTo(tensors);
    }

    @Test
    void declaresWhatTheOfficialCodeNeverUses() {
        long unused = DCONet.standard().unused().stream()
                .flatMap(layer -> layer.parameters().stream())
                .filter(parameter -> parameter.role().trained())
                .mapToLong(Parameter::size)
                .sum();

        assertThat(unused).isEqualTo(247_653);
    }

    @Test
    void halvesTheImageFiveTimes() {
        assertThat(DCONet.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(32));
    }

    @Test
    void refusesToHaveNoStage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DCONet.standard().withStages(0))
                .withMessageContaining("0 stages");
    }

    @Test
    void takesGreyImagesAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("DCONet", 3))
                .withMessageContaining("DCONet takes grey images of 1 channel alone, not 3");
    }
}
