package dev.irstd.training.onnx;

import dev.irstd.training.network.LPNetGA;
import dev.irstd.training.network.Network;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LPNetGAExportTest {
    private static final Network NETWORK = LPNetGA.standard();
    private static final Weights WEIGHTS = RandomWeights.of(NETWORK, 5);
    private static final FloatTensor FIRST = Tensors.noise(1, 1, 1, 120, 120);
    private static final FloatTensor SECOND = Tensors.noise(2, 1, 1, 120, 120);

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @Test
    void onnxRuntimeAgreesWithTorchForAnyBatch() {
        List<FloatTensor> first;
        List<FloatTensor> second;
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS)) {
            first = session.logits(FIRST);
            second = session.logits(SECOND);
        }

        List<FloatTensor> alone = Onnx.outputs(NETWORK, WEIGHTS, FIRST);
        List<FloatTensor> batch = Onnx.outputs(NETWORK, WEIGHTS, batch(FIRST, SECOND, FIRST));

        for (int output = 0; output < 3; output++) {
            requireAgreement(output, alone.get(output), first.get(output));
            requireAgreement(
                    output, batch.get(output), batch(first.get(output), second.get(output), first.get(output)));
        }
    }

    private static void requireAgreement(int output, FloatTensor onnx, FloatTensor torch) {
        assertThat(Tensors.distance(onnx, torch)).as("output %d", output).isLessThan(1e-4);
    }

    private static FloatTensor batch(FloatTensor... images) {
        int size = images[0].values().length;
        float[] values = new float[images.length * size];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i].values(), 0, values, i * size, size);
        }
        List<Integer> shape = new ArrayList<>(images[0].shape());
        shape.set(0, images.length);
        return new FloatTensor(shape, values);
    }
}
