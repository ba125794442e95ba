package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.RecurrentOptions.Fusion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.irstd.training.network.RecurrentOptions.Fusion.STACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RRCANetTest {
    /** The table of the specification: MACs in G at 256x256, each execution, each module once, as papers count. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2 1 1 1   | 2 |  8 | STACK     | 1 |  102489 | 1.302 | 0.660 | 0.712
                    2 1 1 1   | 2 |  8 | STACK     | 3 |  102649 | 1.312 | 0.671 | 0.722
                    3 2 2 2   | 2 |  8 | STACK     | 1 |  202089 | 2.208 | 0.962 | 1.033
                    3 2 2 2   | 2 |  8 | STACK     | 3 |  202249 | 2.218 | 0.973 | 1.044
                    4 4 6 3   | 2 |  8 | STACK     | 1 |  363161 | 4.020 | 1.566 | 1.670
                    4 4 6 3   | 2 |  8 | STACK     | 3 |  363321 | 4.030 | 1.577 | 1.680
                    3 2 2 2   | 0 |  8 | STACK     | 1 |  183729 | 0.786 | 0.786 | 0.819
                    3 2 2 2   | 0 |  8 | STACK     | 3 |  183889 | 0.796 | 0.796 | 0.830
                    3 2 2 2   | 1 |  8 | STACK     | 1 |  192953 | 1.499 | 0.876 | 0.929
                    3 2 2 2   | 1 |  8 | STACK     | 3 |  193113 | 1.509 | 0.887 | 0.940
                    3 2 2 2   | 3 |  8 | STACK     | 1 |  211225 | 2.917 | 1.048 | 1.137
                    3 2 2 2   | 3 |  8 | STACK     | 3 |  211385 | 2.927 | 1.059 | 1.148
                    3 2 2 2   | 2 |  8 | LAST      | 1 |  200721 | 2.120 | 0.874 | 0.944
                    3 2 2 2   | 2 |  8 | LAST      | 3 |  200881 | 2.130 | 0.884 | 0.954
                    3 2 2 2   | 2 |  8 | SUPERVISE | 1 |  200721 | 2.272 | 0.874 | 0.944
                    3 2 2 2   | 2 |  8 | SUPERVISE | 3 |  200881 | 2.282 | 0.884 | 0.954
                    3 3 3     | 2 |  8 | STACK     | 1 |   78089 | 2.220 | 0.937 | 1.012
                    3 3 3     | 2 |  8 | STACK     | 3 |   78249 | 2.231 | 0.947 | 1.023
                    1 2 2 2 2 | 2 |  8 | STACK     | 1 |  785289 | 2.195 | 0.987 | 1.039
                    1 2 2 2 2 | 2 |  8 | STACK     | 3 |  785449 | 2.206 | 0.998 | 1.050
                    3 2 2 2   | 2 | 16 | STACK     | 1 |  798257 | 8.820 | 3.837 | 3.979
                    3 2 2 2   | 2 | 16 | STACK     | 3 |  798577 | 8.841 | 3.858 | 4.000
                    3 3 3     | 2 | 16 | STACK     | 1 |  306033 | 8.870 | 3.736 | 3.886
                    3 3 3     | 2 | 16 | STACK     | 3 |  306353 | 8.891 | 3.757 | 3.907
                    1 2 2 2 2 | 2 | 16 | STACK     | 1 | 3121265 | 8.769 | 3.937 | 4.042
                    1 2 2 2 2 | 2 | 16 | STACK     | 3 | 3121585 | 8.790 | 3.958 | 4.063
                    """)
    void costsWhatTheSpecificationSays(
            String blocks,
            int iterations,
            int width,
            Fusion fusion,
            int channels,
            long parameters,
            String macs,
            String macsOnce,
            String macsAsPapersCount) {
        Network network = network(new RecurrentOptions(channels, units(blocks), iterations, width, fusion));

        NetworkSummary summary = NetworkSummary.of(network, 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(parameters);
        assertThat(inG(summary.macs())).isEqualTo(macs);
        assertThat(inG(summary.macsOnce())).isEqualTo(macsOnce);
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo(macsAsPapersCount);
    }

    /** The specification's reading of multiplier 0.5, where 4 channels leave attention an eighth: one hidden unit. */
    @ParameterizedTest
    @CsvSource({"3 3 3, 20405", "3 2 2 2, 51877", "1 2 2 2 2, 198901"})
    void keepsOneHiddenUnitInTheAttentionOfTheHalfWidth(String blocks, long parameters) {
        Network network = network(new RecurrentOptions(3, units(blocks), 2, 4, STACK));

        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(parameters);
    }

    /** The files of the official code: every name of every parameter, and a batch counter for each batch norm. */
    @ParameterizedTest
    @CsvSource({
        "2 1 1 1,   2, STACK,     371",
        "3 2 2 2,   2, STACK,     539",
        "4 4 6 3,   2, STACK,     875",
        "3 2 2 2,   0, STACK,     202",
        "3 2 2 2,   1, STACK,     374",
        "3 2 2 2,   3, STACK,     704",
        "3 2 2 2,   2, LAST,      532",
        "3 2 2 2,   2, SUPERVISE, 532",
        "3 3 3,     2, STACK,     500",
        "1 2 2 2 2, 2, STACK,     578"
    })
    void namesEveryTensorOfTheOfficialStateDict(String blocks, int iterations, Fusion fusion, int tensors) {
        NetworkSummary summary =
                NetworkSummary.of(network(new RecurrentOptions(1, units(blocks), iterations, 8, fusion)), 16, 16);

        List<String> names = summary.parameters().stream()
                .map(Parameter::names)
                .flatMap(Collection::stream)
                .toList();
        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.size() + counters).isEqualTo(tensors);
    }

    @Test
    void sharesEncoderConvolutionsBetweenRoundsButNotTheirNorms() {
        NetworkSummary summary = NetworkSummary.of(RRCANet.rrcanet18(), 8, 8);

        assertThat(summary.parameters())
                .contains(new Parameter(
                        List.of(
                                "iteration0_layer1_encoder_convs.operator.3.weight",
                                "iteration1_layer1_encoder_convs.operator.3.weight",
                                "iteration2_layer1_encoder_convs.operator.3.weight"),
                        List.of(16, 16, 3, 3),
                        16 * 9,
                        Parameter.Role.WEIGHT))
                .contains(new Parameter(
                        List.of("iteration1_layer1_encoder_convs.operator.4.running_var"),
                        List.of(16),
                        0,
                        Parameter.Role.RUNNING_VARIANCE));
    }

    @Test
    void halvesTheImageBetweenLevels() {
        assertThat(network(RRCANet.standardOptions().withBlocks(3, 3, 3)).geometry())
                .isEqualTo(new Geometry.PadToMultiple(4));
        assertThat(RRCANet.rrcanet18().geometry()).isEqualTo(new Geometry.PadToMultiple(8));
        assertThat(network(RRCANet.standardOptions().withBlocks(1, 2, 2, 2, 2)).geometry())
                .isEqualTo(new Geometry.PadToMultiple(16));
    }

    @Test
    void refusesOneLevel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RRCANet.standardOptions().withBlocks(3))
                .withMessageContaining("blocks [3] (at least 2 levels)");
    }

    @Test
    void refusesLevelsWithoutUnits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RRCANet.standardOptions().withBlocks(3, 0, 2))
                .withMessageContaining("at least one residual unit")
                .withMessageContaining("[3, 0, 2]");
    }

    @Test
    void refusesLessThanNoIteration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RRCANet.standardOptions().withIterations(-1))
                .withMessageContaining("-1 iterations");
    }

    @Test
    void refusesNoWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RRCANet.standardOptions().withWidth(0))
                .withMessageContaining("width 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4})
    void refusesChannelsThatNoInfraredImageFeeds(int channels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RRCANet.standardOptions().withInputChannels(channels))
                .withMessageContaining(channels + " input channels")
                .withMessageContaining("1 or 3");
    }

    private static Network network(RecurrentOptions options) {
        return RRCANet.of("RRCANet of " + options, options);
    }

    private static List<Integer> units(String blocks) {
        return Arrays.stream(blocks.strip().split(" ")).map(Integer::valueOf).toList();
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
