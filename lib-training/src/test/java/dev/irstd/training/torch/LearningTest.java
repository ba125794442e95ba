package dev.irstd.training.torch;

import dev.irstd.training.network.AMFUNet;
import dev.irstd.training.network.AMFUNetRuCB;
import dev.irstd.training.network.DNANet;
import dev.irstd.training.network.DNANetRuCB;
import dev.irstd.training.network.DNANetRuCB.Reading;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** That gradients reach the weights and lead downhill. */
class LearningTest {
    private static final int STEPS = 20;
    private static final double RATE = 0.002;
    private static final int BATCH = 4;
    private static final int SIZE = 16;

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    /** Small where a network can be. */
    static Stream<Arguments> networks() {
        DNANet.Options fewChannels = DNANet.standardOptions().withChannels(16, 16, 32, 32, 48);
        return Stream.of(
                arguments(AMFUNet.standard(), Initialisation.PYTORCH),
                arguments(AMFUNet.standard(), Initialisation.KAIMING_NORMAL),
                arguments(AMFUNetRuCB.standard(), Initialisation.PYTORCH),
                arguments(DNANet.of("DNANet of few channels", fewChannels), Initialisation.PYTORCH),
                arguments(DNANetRuCB.of("one iteration", 1, Reading.PAPER_COUNT), Initialisation.PYTORCH));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void twentyStepsOnOneBatchLowerTheLoss(Network network, Initialisation initialisation) {
        Weights weights = Weights.initial(network, initialisation, 0.01, 1);
        FloatTensor images = Tensors.noise(2, BATCH, 1, SIZE, SIZE);
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
        for (int image = 0; image < BATCH; image++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    int pixel = (image * SIZE + 3 * image + row) * SIZE + 12 - 4 * image + column;
                    mask[pixel] = 1;
                    images.values()[pixel] += 5;
                }
            }
        }
        return new FloatTensor(List.of(BATCH, 1, SIZE, SIZE), mask);
    }
}
