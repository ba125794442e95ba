package dev.irstd.training.onnx;

import dev.irstd.training.network.AMFUNetRuCB;
import dev.irstd.training.network.DNANetRuCB;
import dev.irstd.training.network.DNANetRuCB.Reading;
import dev.irstd.training.network.Network;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Networks of which no official code gives outputs: both readers, the same weights, the same image. */
class ReadersTest {
    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    static Stream<Network> networks() {
        return Stream.of(
                AMFUNetRuCB.standard(),
                AMFUNetRuCB.of("no iteration", 0).withInputChannels(3),
                DNANetRuCB.standard(),
                DNANetRuCB.of("as ResUNet", 1, Reading.AS_RESUNET));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeAgreesWithTorch(Network network) {
        Weights weights = RandomWeights.of(network, 3);
        FloatTensor image = Tensors.noise(4, 1, network.inputChannels(), 32, 48);

        List<FloatTensor> onnx = Onnx.outputs(network, weights, image);

        List<FloatTensor> torch;
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            torch = session.logits(image);
        }
        assertThat(onnx).hasSize(1);
        assertThat(onnx.get(0).shape()).containsExactly(1, 1, 32, 48);
        assertThat(Tensors.distance(onnx.get(0), torch.get(0))).isLessThan(1e-5 * range(torch.get(0)));
    }

    /** Random weights amplify: errors are seen against the values. */
    private static double range(FloatTensor tensor) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (float value : tensor.values()) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return greatest - least;
    }
}
