package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** ResUNet alone and with recurrent reusable convolutions. */
class ResUNetTest {
    /** The table of the specification: MACs in G at 256x256, each execution, each module once, as papers count. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1 | 913897 | 1.235 | 1.235 | 1.259
            3 | 914057 | 1.245 | 1.245 | 1.270
            """)
    void costsWhatTheSpecificationSays(
            int channels, long parameters, String macs, String macsOnce, String macsAsPapersCount) {
        requireCosts(ResUNet.standard().withInputChannels(channels), parameters, macs, macsOnce, macsAsPapersCount);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0 | 3 |  916457 | 1.396 | 1.396 | 1.431
            1 | 3 |  947897 | 2.709 | 1.501 | 1.556
            2 | 3 |  979249 | 4.018 | 1.602 | 1.676
            3 | 3 | 1010601 | 5.326 | 1.702 | 1.796
            2 | 1 |  979089 | 4.007 | 1.591 | 1.666
            """)
    void recurrentOneCostsWhatTheSpecificationSays(
            int iterations, int channels, long parameters, String macs, String macsOnce, String macsAsPapersCount) {
        Network network = recurrent(
                ResUNetRuCB.standardOptions().withIterations(iterations).withInputChannels(channels));

        requireCosts(network, parameters, macs, macsOnce, macsAsPapersCount);
    }

    @ParameterizedTest
    @CsvSource({"0, 916297", "1, 947737", "2, 979089", "3, 1010441"})
    void recurrentOneHasTheSpecifiedParametersForGreyImages(int iterations, long parameters) {
        assertThat(parameters(ResUNetRuCB.standardOptions().withIterations(iterations)))
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"1, 980353", "3, 980513"})
    void recurrentOneMayHaveTwoUnitsInEachLevel(int channels, long parameters) {
        assertThat(parameters(
                        ResUNetRuCB.standardOptions().withBlocks(2, 2, 2, 2, 2).withInputChannels(channels)))
                .isEqualTo(parameters);
    }

    /** Without stacking, the output stage sees 8 channels instead of 24: one 3x3 kernel of 16 x 8, and no shortcut. */
    @ParameterizedTest
    @CsvSource({"LAST, 1", "SUPERVISE, 3"})
    void recurrentOneTakesTheFusionsOfRrcaNet(RecurrentOptions.Fusion fusion, int outputs) {
        ResUNetRuCB network = recurrent(ResUNetRuCB.standardOptions().withFusion(fusion));

        assertThat(parameters(ResUNetRuCB.standardOptions().withFusion(fusion)))
                .isEqualTo(979_089 - 16 * 8 * 9 - (24 * 8 + 8 + 2 * 8));
        assertThat(network.forward(new OperationCounter(), OperationCounter.Shape.input(1, 16, 16)))
                .hasSize(outputs);
    }

    /** 758 names of the official state_dict, batch counters included. */
    @Test
    void recurrentOneSharesTheConvolutionsOfItsDecoderToo() {
        NetworkSummary summary = NetworkSummary.of(ResUNetRuCB.standard(), 16, 16);

        long names = summary.parameters().stream()
                .mapToLong(parameter -> parameter.names().size())
                .sum();
        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(names + counters).isEqualTo(758);
        assertThat(summary.parameters())
                .contains(new Parameter(
                        List.of(
                                "iteration0_layer0_decoder_convs.operator.0.weight",
                                "iteration1_layer0_decoder_convs.operator.0.weight",
                                "iteration2_layer0_decoder_convs.operator.0.weight"),
                        List.of(64, 192, 3, 3),
                        192 * 9,
                        Parameter.Role.WEIGHT));
    }

    @Test
    void halveTheImageFourTimes() {
        assertThat(ResUNet.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
        assertThat(ResUNetRuCB.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(16));
        assertThat(recurrent(ResUNetRuCB.standardOptions().withBlocks(1, 1, 1)).geometry())
                .isEqualTo(new Geometry.PadToMultiple(4));
    }

    @Test
    void refusesChannelsThatNoInfraredImageFeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResUNet.standard().withInputChannels(2))
                .withMessageContaining("2 input channels (1 or 3)");
    }

    private static void requireCosts(
            Network network, long parameters, String macs, String macsOnce, String macsAsPapersCount) {
        NetworkSummary summary = NetworkSummary.of(network, 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(parameters);
        assertThat(inG(summary.macs())).isEqualTo(macs);
        assertThat(inG(summary.macsOnce())).isEqualTo(macsOnce);
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo(macsAsPapersCount);
    }

    private static long parameters(RecurrentOptions options) {
        return NetworkSummary.of(recurrent(options), 16, 16).parameterCount();
    }

    private static ResUNetRuCB recurrent(RecurrentOptions options) {
        return ResUNetRuCB.of("ResUNet+RuCB of " + options, options);
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
