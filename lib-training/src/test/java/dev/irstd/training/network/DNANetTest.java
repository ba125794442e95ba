package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.DNANet.Options;
import dev.irstd.training.network.DNANet.Supervision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DNANetTest {
    private static final Options STANDARD = DNANet.standardOptions();
    private static final Options SMALL = STANDARD.withChannels(16, 16, 32, 32, 48);

    @ParameterizedTest
    @CsvSource({"1, 4696568, 13.909, 13.909, 14.032", "3, 4696888, 13.930, 13.930, 14.053"})
    void costsWhatTheSpecificationSays(int channels, long parameters, String macs, String once, String asPapersCount) {
        Costs.requireOf(DNANet.standard().withInputChannels(channels), parameters, macs, once, asPapersCount);
    }

    @ParameterizedTest
    @CsvSource({"1, 4696517", "3, 4696837"})
    void aSingleHeadSavesThreeHeads(int channels, long parameters) {
        Options options = STANDARD.withInputChannels(channels).withSupervision(Supervision.FUSED);

        assertThat(NetworkSummary.of(network(options), 64, 64).parameterCount()).isEqualTo(parameters);
    }

    /** The reference vector of few channels, where some nodes keep the channels and need no shortcut. */
    @Test
    void takesAnyChannels() {
        assertThat(NetworkSummary.of(network(SMALL), 64, 64).parameterCount()).isEqualTo(470_232);
    }

    @Test
    void namesEveryTensorOfTheOfficialStateDict() {
        assertThat(Costs.tensors(DNANet.standard())).isEqualTo(570);
        assertThat(Costs.tensors(network(SMALL))).isEqualTo(556);
    }

    @Test
    void headsAreThoseOfTheOfficialCode() {
        assertThat(DNANet.standard().heads())
                .extracting(Conv2d::name)
                .containsExactly("final1", "final2", "final3", "final4");
        assertThat(network(STANDARD.withSupervision(Supervision.FUSED)).heads())
                .extracting(Conv2d::name)
                .containsExactly("final");
    }

    @Test
    void nodesHaveTheBlocksOfTheirLevel() {
        DNANet network = network(SMALL.withBlocks(1, 3, 1, 1));

        assertThat(NetworkSummary.parametersOf(network))
                .extracting(Parameter::name)
                .contains("conv2_0.2.conv1.weight", "conv2_2.2.ca.fc1.weight")
                .doesNotContain("conv2_1.3.conv1.weight", "conv1_0.1.conv1.weight", "conv0_1.1.conv1.weight");
    }

    @Test
    void halvesTheImageFourTimes() {
        assertThat(DNANet.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
    }

    @Test
    void refusesOtherThanFiveLevels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withChannels(16, 32, 64, 128))
                .withMessageContaining("[16, 32, 64, 128] (5 levels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withBlocks(2, 2, 2, 2, 2))
                .withMessageContaining("[2, 2, 2, 2, 2] blocks (4 levels");
    }

    @Test
    void refusesLevelsOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withChannels(16, 32, 0, 128, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withBlocks(2, 2, 2, 0));
    }

    @Test
    void refusesChannelsThatNoInfraredImageFeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.withInputChannels(2))
                .withMessage("no DNANet with 2 input channels (1 or 3)");
    }

    private static DNANet network(Options options) {
        return DNANet.of("of the test", options);
    }
}
