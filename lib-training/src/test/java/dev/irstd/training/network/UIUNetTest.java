package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UIUNetTest {
    /** MACs in G at 256x256, each execution, each module once, as papers count. */
    @Test
    void costsWhatTheSpecificationSays() {
        NetworkSummary summary = NetworkSummary.of(UIUNet.standard(), 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(50_540_309);
        assertThat(inG(summary.macs())).isEqualTo("54.222");
        assertThat(inG(summary.macsOnce())).isEqualTo("46.370");
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo("46.570");
    }

    @Test
    void takesThreeChannels() {
        NetworkSummary summary = NetworkSummary.of(UIUNet.standard().withInputChannels(3), 16, 16);

        assertThat(summary.parameterCount()).isEqualTo(50_541_461);
    }

    /** The vector's network: 797 693 parameters, 942 tensors with a batch counter for each norm. */
    @Test
    void shrinksToAnEighthOfItsChannels() {
        UIUNet network = UIUNet.standard().withDivisor(8);

        NetworkSummary summary = NetworkSummary.of(network, 16, 16);

        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(network.name()).isEqualTo("UIUNet/8");
        assertThat(summary.parameterCount()).isEqualTo(797_693);
        assertThat(summary.parameters().size() + counters).isEqualTo(942);
    }

    @Test
    void changesChannelsAndDivisorApart() {
        UIUNet network = UIUNet.standard().withInputChannels(3).withDivisor(16);

        assertThat(network.inputChannels()).isEqualTo(3);
        assertThat(network.withInputChannels(1).name()).isEqualTo("UIUNet/16");
    }

    @Test
    void takesAnySize() {
        assertThat(UIUNet.standard().geometry()).isEqualTo(new Geometry.PadToMultiple(1));
    }

    @Test
    void refusesChannelsThatNoInfraredImageFeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UIUNet.standard().withInputChannels(4))
                .withMessage("no UIUNet with 4 input channels (1 or 3)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 32})
    void refusesDivisorsThatLeaveNoWholeChannels(int divisor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UIUNet.standard().withDivisor(divisor))
                .withMessageContaining("divided by " + divisor)
                .withMessageContaining("1, 2, 4, 8 or 16");
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
