package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.DNANetRuCB.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DNANetRuCBTest {
    @ParameterizedTest
    @CsvSource({"PAPER_COUNT, 4696595, 42.288, 14.218, 14.466", "AS_RESUNET, 5037909, 42.974, 16.561, 16.836"})
    void costsWhatTheSpecificationSays(
            Reading reading, long parameters, String macs, String once, String asPapersCount) {
        Costs.requireOf(network(2, reading), parameters, macs, once, asPapersCount);
    }

    @ParameterizedTest
    @CsvSource({
        "PAPER_COUNT, 0, 4678867",
        "PAPER_COUNT, 1, 4687731",
        "PAPER_COUNT, 2, 4696595",
        "PAPER_COUNT, 3, 4705459",
        "AS_RESUNET, 0, 4706245",
        "AS_RESUNET, 1, 4872229",
        "AS_RESUNET, 2, 5037909",
        "AS_RESUNET, 3, 5203589"
    })
    void eachIterationAddsWhatItDoesNotShare(Reading reading, int iterations, long parameters) {
        DNANetRuCB network = network(iterations, reading);

        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(parameters);
        assertThat(NetworkSummary.of(network.withInputChannels(1), 64, 64).parameterCount())
                .isEqualTo(parameters - 2 * 16 * (9 + 1));
    }

    @Test
    void sharesShortcutsOnlyWhereThatComesToThePapersCount() {
        List<String> inEachRound = List.of(
                "iteration0_conv1_2.shortcut.0.weight",
                "iteration1_conv1_2.shortcut.0.weight",
                "iteration2_conv1_2.shortcut.0.weight");

        assertThat(NetworkSummary.parametersOf(network(2, Reading.PAPER_COUNT)))
                .extracting(Parameter::names)
                .contains(inEachRound);
        assertThat(NetworkSummary.parametersOf(network(2, Reading.AS_RESUNET)))
                .extracting(Parameter::names)
                .containsAll(inEachRound.stream().map(List::of).toList());
    }

    @Test
    void attendsInTheEncoderOnlyAsResunetWould() {
        String encoder = "iteration0_conv3_0.attention.1.ca.fc1.weight";
        String decoder = "iteration0_conv3_1.attention.1.ca.fc1.weight";

        assertThat(NetworkSummary.parametersOf(network(2, Reading.PAPER_COUNT)))
                .extracting(Parameter::name)
                .contains(decoder)
                .doesNotContain(encoder);
        assertThat(NetworkSummary.parametersOf(network(2, Reading.AS_RESUNET)))
                .extracting(Parameter::name)
                .contains(decoder, encoder);
    }

    @Test
    void comesToThePapersCountAsARule() {
        assertThat(NetworkSummary.of(DNANetRuCB.standard(), 64, 64).parameterCount())
                .isEqualTo(4_696_275);
    }

    @Test
    void halvesTheImageFourTimes() {
        assertThat(DNANetRuCB.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
    }

    @Test
    void refusesLessThanNoIteration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DNANetRuCB.of("of the test", -1, Reading.PAPER_COUNT))
                .withMessageContaining("-1 iterations");
    }

    private static DNANetRuCB network(int iterations, Reading reading) {
        return DNANetRuCB.of("of the test", iterations, reading).withInputChannels(3);
    }
}
