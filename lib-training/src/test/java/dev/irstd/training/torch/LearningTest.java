package dev.irstd.training.torch;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** That gradients reach the weights and lead downhill. */
class LearningTest {
    private static final int STEPS = 20;
    private static final double RATE = 0.002;
    private static final int SIZE = 32;

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @CsvSource({"AMFU, PYTORCH", "AMFU, KAIMING_NORMAL", "AMFU+RuCB, PYTORCH", "DNANet, PYTORCH", "DNANet+RuCB, PYTORCH"
    })
    void twentyStepsOnOneBatchLowerTheLoss(String name, Initialisation initialisation) {
        Network network = Networks.named(name);
        Weights weights = Weights.initial(network, initialisation, 0.01, 1);
        FloatTensor images = Tensors.noise(2, 2, 1, SIZE, SIZE);
        FloatTensor masks = brightTargets(images);

        double first;
        double last = Double.NaN;
        try (TorchSession session = new TorchSession(network, weights, weights);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0.01))) {
            first = steps.step(images, masks, DptKLoss.standard(), RATE, 1);
            for (int step = 1; step <= STEPS; step++) {
                last = steps.step(images, masks, DptKLoss.standard(), RATE, 1);
            }
        }

        assertThat(last).isLessThan(0.8 * first);
    }

    /** A target of 3x3 pixels in each image, made bright there. */
    private static FloatTensor brightTargets(FloatTensor images) {
        float[] mask = new float[images.values().length];
        for (int image = 0; image < 2; image++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    int pixel = (image * SIZE + 10 + 5 * image + row) * SIZE + 20 - 9 * image + column;
                    mask[pixel] = 1;
                    images.values()[pixel] += 5;
                }
            }
        }
        return new FloatTensor(List.of(2, 1, SIZE, SIZE), mask);
    }
}
