package dev.irstd.training.torch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.irstd.training.network.DroppingNetwork;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of any kind are what an optimiser remembers, or an IllegalArgumentException. */
class OptimiserFuzzTest {
    private static final Network NETWORK = new DroppingNetwork();
    private static final Weights WEIGHTS = RandomWeights.of(NETWORK, 1);

    static Stream<byte[]> states() throws IOException {
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(0.01, 0))) {
            steps.step(
                    Tensors.noise(1, 2, 1, 4, 4),
                    new FloatTensor(List.of(2, 1, 4, 4), new float[32]),
                    new TrainingLoss.SoftIou(),
                    0.01,
                    0.1);
            return Stream.of(steps.state());
        }
    }

    @MethodSource("states")
    @FuzzTest(maxDuration = "10m")
    void stateIsRestoredOrRefused(byte[] state) throws IOException {
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(0.01, 0))) {
            steps.restore(state);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("no state of this optimiser: ");
        }
    }
}
