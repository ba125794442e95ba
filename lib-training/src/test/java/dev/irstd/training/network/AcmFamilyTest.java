package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** ACM and ALCNet. */
class AcmFamilyTest {
    /** MACs in G at 256x256, each execution, each module once, as papers count. */
    @ParameterizedTest
    @CsvSource({"ACM, 397823, 0.343, 0.343, 0.349", "ALCNet, 519889, 0.295, 0.295, 0.301"})
    void costsWhatTheSpecificationSays(
            String name, long parameters, String macs, String macsOnce, String macsAsPapersCount) {
        NetworkSummary summary = NetworkSummary.of(Networks.named(name), 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(parameters);
        assertThat(inG(summary.macs())).isEqualTo(macs);
        assertThat(inG(summary.macsOnce())).isEqualTo(macsOnce);
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo(macsAsPapersCount);
    }

    @ParameterizedTest
    @CsvSource({"ACM, 397971", "ALCNet, 520037"})
    void takesThreeChannels(String name, long parameters) {
        Network network = Networks.named(name, 3);

        assertThat(network.inputChannels()).isEqualTo(3);
        assertThat(NetworkSummary.of(network, 16, 16).parameterCount()).isEqualTo(parameters);
    }

    /** Each parameter, and a batch counter for each norm. */
    @ParameterizedTest
    @CsvSource({"ACM, 297", "ALCNet, 359"})
    void namesEveryTensorOfTheOfficialStateDict(String name, int tensors) {
        NetworkSummary summary = NetworkSummary.of(Networks.named(name), 16, 16);

        assertThat(summary.parameters().size() + norms(summary).size()).isEqualTo(tensors);
    }

    @Test
    void alcNetHoldsADecoderThatItNeverUses() {
        List<Parameter> unused = ALCNet.standard().unused().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();

        assertThat(unused).allMatch(parameter -> parameter.name().matches("uplayer[12]\\.[0-3]\\..*"));
        assertThat(unused.stream()
                        .filter(parameter -> parameter.role().trained())
                        .mapToLong(Parameter::size)
                        .sum())
                .isEqualTo(92928);
    }

    /** Running statistics follow the batch by nine tenths, but by one inside the residual blocks. */
    @ParameterizedTest
    @ValueSource(strings = {"ACM", "ALCNet"})
    void onlyNormsInsideResidualBlocksFollowSlowly(String name) {
        assertThat(norms(NetworkSummary.of(Networks.named(name), 16, 16)))
                .allSatisfy(norm -> assertThat(norm.momentum())
                        .isEqualTo(norm.name().matches("(up)?layer\\d\\.\\d\\.bn[12]") ? 0.1 : 0.9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACM", "ALCNet"})
    void halvesTheImageFourTimes(String name) {
        assertThat(Networks.named(name).geometry()).isEqualTo(new Geometry.PadToMultiple(16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACM", "ALCNet"})
    void refusesChannelsThatNoInfraredImageFeeds(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named(name, 2))
                .withMessage("no " + name + " with 2 input channels (1 or 3)");
    }

    private static List<BatchNorm> norms(NetworkSummary summary) {
        return summary.layers().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .toList();
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
