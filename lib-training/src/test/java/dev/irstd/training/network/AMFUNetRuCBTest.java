package dev.irstd.training.network;

import dev.irstd.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AMFUNetRuCBTest {
    private static final AMFUNetRuCB OF_THREE_CHANNELS = AMFUNetRuCB.standard().withInputChannels(3);

    @Test
    void costsWhatTheSpecificationSays() {
        Costs.requireOf(OF_THREE_CHANNELS, 489_223, "14.873", "4.500", "4.600");
    }

    @ParameterizedTest
    @CsvSource({"0, 461199", "1, 475255", "2, 489223", "3, 503191"})
    void eachIterationAddsNormsAndShortcuts(int iterations, long parameters) {
        AMFUNetRuCB network = AMFUNetRuCB.of("of the test", iterations).withInputChannels(3);

        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(parameters);
        assertThat(NetworkSummary.of(network.withInputChannels(1), 64, 64).parameterCount())
                .isEqualTo(parameters - 2 * 8 * (9 + 1));
    }

    /** The table of the specification, by the names of the parts. */
    @ParameterizedTest
    @CsvSource({
        "'pre\\..*', 922",
        "'iteration._conv.\\..*', 338730",
        "'(iteration._)?hd?._(PT|Cat|UT)_hd._(conv|bn)\\..*', 70240",
        "'(iteration._)?(conv|bn).d_1\\..*', 46976",
        "'iteration._cat_attn\\..*', 29778",
        "'post\\..*', 2568",
        "'final\\..*', 9"
    })
    void eachPartHasItsShare(String names, long parameters) {
        long count = NetworkSummary.of(OF_THREE_CHANNELS, 64, 64).parameters().stream()
                .filter(parameter ->
                        parameter.role().trained() && parameter.name().matches(names))
                .mapToLong(Parameter::size)
                .sum();

        assertThat(count).isEqualTo(parameters);
    }

    @Test
    void halvesTheImageFourTimes() {
        assertThat(AMFUNetRuCB.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
    }

    @Test
    void refusesLessThanNoIteration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AMFUNetRuCB.of("of the test", -1))
                .withMessageContaining("-1 iterations");
    }
}
