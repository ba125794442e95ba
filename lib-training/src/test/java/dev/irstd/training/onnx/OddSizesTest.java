package dev.irstd.training.onnx;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.UIUNet;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Sizes that pooling does not divide: both readers keep the edges alike. */
class OddSizesTest {
    private static final Network NETWORK = UIUNet.standard().withDivisor(16);
    private static final Weights WEIGHTS = RandomWeights.of(NETWORK, 5);

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @CsvSource({"37, 51", "51, 37", "64, 33", "9, 100", "1, 1", "2, 3"})
    void torchAndOnnxRuntimeAgree(int height, int width) {
        FloatTensor image = Tensors.noise(6, 1, 1, height, width);
        List<FloatTensor> torch;
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS)) {
            torch = session.logits(image);
        }

        List<FloatTensor> onnx = Onnx.outputs(NETWORK, WEIGHTS, image);

        assertThat(onnx).hasSize(7);
        for (int i = 0; i < 7; i++) {
            assertThat(onnx.get(i).shape()).containsExactly(1, 1, height, width);
            assertThat(Tensors.distance(onnx.get(i), torch.get(i))).isLessThan(1e-5);
        }
    }
}
