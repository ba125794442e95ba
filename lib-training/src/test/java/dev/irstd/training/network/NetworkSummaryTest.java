package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class NetworkSummaryTest {
    private static final Conv2d SHARED = Conv2d.shared(List.of("round0.conv", "round1.conv"), 2, 2, 3);

    @Test
    void countsASharedConvolutionOnceInParametersAndAsOftenAsItRunsInMacs() {
        NetworkSummary summary = NetworkSummary.of(twice(SHARED, SHARED), 5, 4);

        assertThat(summary.parameterCount()).isEqualTo(2 * 2 * 9 + 2);
        assertThat(summary.macs()).isEqualTo(2 * (2 * 2 * 9 * 5 * 4));
        assertThat(summary.macsOnce()).isEqualTo(2 * 2 * 9 * 5 * 4);
    }

    @Test
    void refusesChannelsThatDoNotFit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NetworkSummary.of(twice(SHARED, Conv2d.of("conv", 3, 1, 1)), 4, 4))
                .withMessageContaining("Conv2d[names=[conv], in=3")
                .withMessageContaining("2 channels of 4x4");
    }

    @Test
    void refusesTwoConvolutionsOfOneName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NetworkSummary.of(twice(SHARED, SHARED.withoutBias()), 4, 4))
                .withMessageContaining("round0.conv");
    }

    @Test
    void refusesTwoNormsOfOneName() {
        Network network = network(new Sequence() {
            @Override
            public <T> T apply(Ops<T> ops, T x) {
                T y = ops.batchNorm(new BatchNorm("norm", 2), x);
                return ops.batchNorm(new BatchNorm("norm", 3), ops.conv(Conv2d.of("conv", 2, 3, 1), y));
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> NetworkSummary.of(network, 4, 4))
                .withMessageContaining("name=norm");
    }

    private interface Sequence {
        <T> T apply(Ops<T> ops, T x);
    }

    private static Network twice(Conv2d first, Conv2d second) {
        return network(new Sequence() {
            @Override
            public <T> T apply(Ops<T> ops, T x) {
                return ops.conv(second, ops.conv(first, x));
            }
        });
    }

    private static Network network(Sequence sequence) {
        return new Network() {
            @Override
            public String name() {
                return "of the test";
            }

            @Override
            public int inputChannels() {
                return 2;
            }

            @Override
            public Geometry geometry() {
                return new Geometry.PadToMultiple(1);
            }

            @Override
            public List<Conv2d> heads() {
                return List.of();
            }

            @Override
            public <T> List<T> forward(Ops<T> ops, T image) {
                return List.of(sequence.apply(ops, image));
            }
        };
    }
}
