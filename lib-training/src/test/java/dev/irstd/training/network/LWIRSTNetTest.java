package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LWIRSTNetTest {
    private static final LWIRSTNet NETWORK = LWIRSTNet.standard();

    /** MACs in G at 256x256, each execution, each module once, as papers count. */
    @Test
    void costsWhatTheSpecificationSays() {
        NetworkSummary summary = NetworkSummary.of(NETWORK, 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(165_680);
        assertThat(inG(summary.macs())).isEqualTo("0.190");
        assertThat(inG(summary.macsOnce())).isEqualTo("0.190");
        assertThat(inG(summary.macsAsPapersCount())).isEqualTo("0.205");
    }

    /** The specification's three figures: all keys; without conv1 to conv3, as the paper counts; those really used. */
    @Test
    void declaresMoreThanItUses() {
        Network three = NETWORK.withInputChannels(3);
        List<Layer> unused = three.unused();
        List<Layer> uncounted = unused.stream()
                .filter(layer -> layer.name().matches("conv[123]"))
                .toList();

        long all = NetworkSummary.of(three, 16, 16).parameterCount();

        assertThat(all).isEqualTo(165_752);
        assertThat(all - trained(uncounted)).isEqualTo(163_440);
        assertThat(all - trained(unused)).isEqualTo(161_184);
    }

    private static long trained(List<Layer> layers) {
        return layers.stream()
                .map(Layer::parameters)
                .flatMap(Collection::stream)
                .filter(parameter -> parameter.role().trained())
                .mapToLong(Parameter::size)
                .sum();
    }

    /** Each parameter, and a batch counter for each norm. */
    @Test
    void namesEveryTensorOfTheOfficialStateDict() {
        NetworkSummary summary = NetworkSummary.of(NETWORK, 16, 16);

        long counters =
                summary.layers().stream().filter(BatchNorm.class::isInstance).count();
        assertThat(summary.parameters().size() + counters).isEqualTo(587);
    }

    @Test
    void looksFurtherAroundWithLaterBottlenecks() {
        assertThat(NetworkSummary.of(NETWORK, 16, 16).layers())
                .contains(
                        Conv2d.of("Atrous2_8.ext_conv2.0", 16, 16, 3)
                                .withDilation(16)
                                .withoutBias(),
                        Conv2d.of("Asymmetric3_7.ext_conv2.3", 16, 16, 1)
                                .withKernel(1, 9)
                                .withoutBias());
    }

    @Test
    void halvesTheImageThreeTimes() {
        assertThat(NETWORK.geometry()).isEqualTo(new Geometry.PadToMultiple(8));
    }

    @Test
    void refusesChannelsThatNoInfraredImageFeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.withInputChannels(2))
                .withMessage("no LW-IRSTNet with 2 input channels (1 or 3)");
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
