package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AttentiveRucBlockTest {
    private static final Cbam CBAM = new Cbam(2, 3);
    private static final FloatTensor IMAGE = Tensors.noise(1, 1, 4, 8, 12);

    @ParameterizedTest
    @EnumSource(RucBlock.ShortcutConv.class)
    void oneRoundOfOneUnitIsAResidualBlockWithAttention(RucBlock.ShortcutConv shortcut) {
        CbamResBlock block = new CbamResBlock("block", 4, 6, CBAM);
        RucBlock recurrent =
                new RucBlock(round -> "block", 1, 4, 6, 1).withAttention(CBAM).withShortcut(shortcut);
        Network plain = network(block::apply);
        Weights weights = RandomWeights.of(plain, 3);

        FloatTensor expected = run(plain, weights);
        Network network = network(new Sequence() {
            @Override
            public <T> T apply(Ops<T> ops, T x) {
                return recurrent.apply(ops, 0, x);
            }
        });

        assertThat(expected.shape()).containsExactly(1, 6, 8, 12);
        assertThat(run(network, Weights.of(network, renamed(weights))).values()).isEqualTo(expected.values());
    }

    /** Places in the sequence of operators instead of names. */
    private static Map<String, FloatTensor> renamed(Weights weights) {
        Map<String, FloatTensor> renamed = new LinkedHashMap<>();
        weights.tensors()
                .forEach((name, tensor) -> renamed.put(
                        name.replace("block.conv1", "block.operator.0")
                                .replace("block.bn1", "block.operator.1")
                                .replace("block.conv2", "block.operator.3")
                                .replace("block.bn2", "block.operator.4")
                                .replaceFirst("block\\.([cs]a)\\.", "block.attention.0.$1."),
                        tensor));
        return renamed;
    }

    @Test
    void roundsShareConvolutionsAndAttentionButNoNorms() {
        RucBlock block = new RucBlock(round -> "round" + round, 2, 4, 4, 2).withAttention(CBAM);

        NetworkSummary summary = NetworkSummary.of(
                network(new Sequence() {
                    @Override
                    public <T> T apply(Ops<T> ops, T x) {
                        return block.apply(ops, 1, block.apply(ops, 0, x));
                    }
                }),
                8,
                8);

        long convolutions = 4 * (4 * 4 * 9 + 4);
        long attention = 2 * (2 * (4 * 2) + 2 * 9);
        long norms = 2 * 4 * (2 * 4);
        assertThat(summary.parameterCount()).isEqualTo(convolutions + attention + norms);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4})
    void attentionNeedsAnOddKernel(int kernel) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cbam(8, kernel))
                .withMessageContaining("a kernel of " + kernel + " (an odd number of pixels)");
    }

    @Test
    void attentionNeedsARatio() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cbam(0, 3))
                .withMessageContaining("ratio 0 (at least 1)");
    }

    private static FloatTensor run(Network network, Weights weights) {
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            return session.logits(IMAGE).get(0);
        }
    }

    private interface Sequence {
        <T> T apply(Ops<T> ops, T x);
    }

    private static Network network(Sequence sequence) {
        return new Network() {
            @Override
            public String name() {
                return "of the test";
            }

            @Override
            public int inputChannels() {
                return 4;
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
