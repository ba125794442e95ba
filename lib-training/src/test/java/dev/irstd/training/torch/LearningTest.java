package dev.irstd.training.torch;

import dev.irstd.training.network.ACM;
import dev.irstd.training.network.ALCNet;
import dev.irstd.training.network.LWIRSTNet;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.UIUNet;
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

/** On two images of noise, each with a bright square. */
class LearningTest {
    private static final double RATE = 0.005;
    private static final int SIZE = 48;
    private static final int TARGET_PIXELS = 2 * 4 * 4;
    private static final FloatTensor IMAGES = Tensors.noise(3, 2, 1, SIZE, SIZE);
    private static final FloatTensor MASKS = new FloatTensor(IMAGES.shape(), new float[2 * SIZE * SIZE]);

    @BeforeAll
    static void drawTargets() {
        TorchSession.configure(1);
        square(0, 20, 9);
        square(1, 37, 30);
    }

    private static void square(int image, int left, int top) {
        for (int y = top; y < top + 4; y++) {
            for (int x = left; x < left + 4; x++) {
                int pixel = (image * SIZE + y) * SIZE + x;
                IMAGES.values()[pixel] += 6;
                MASKS.values()[pixel] = 1;
            }
        }
    }

    /**
     * LW-IRSTNet's last layer has no bias to start from a prior. From one half everywhere the worst tenth of the pixels
     * holds it there: DpT-k of all pixels instead.
     */
    static Stream<Arguments> networks() {
        return Stream.of(
                arguments(ACM.standard(), DptKLoss.standard()),
                arguments(ALCNet.standard(), DptKLoss.standard()),
                arguments(UIUNet.standard().withDivisor(16), DptKLoss.standard()),
                arguments(LWIRSTNet.standard(), new DptKLoss(100, 3.1)));
    }

    /** A network whose output is the same everywhere could lower its loss too, by its bias alone. */
    @ParameterizedTest
    @MethodSource("networks")
    void stepsOnAFixedBatchLowerTheLossAndLiftTheTargets(Network network, DptKLoss loss) {
        Weights start = Weights.initial(network, Initialisation.PYTORCH, 0.01, 1);
        try (TorchSession session = new TorchSession(network, start, start);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(RATE, 0))) {
            double contrast = contrast(session);
            double first = step(steps, loss, 0);
            double last = first;
            for (int step = 1; step < 20; step++) {
                last = step(steps, loss, step);
            }

            assertThat(last).isLessThan(first);
            assertThat(contrast(session)).isGreaterThan(contrast + 1);
        }
    }

    private static double step(TorchSession.Steps steps, DptKLoss loss, int step) {
        steps.seed(step);
        return steps.step(IMAGES, MASKS, loss, RATE, 1);
    }

    /** Mean logit of target pixels over that of others. */
    private static double contrast(TorchSession session) {
        List<FloatTensor> outputs = session.logits(IMAGES);
        float[] logits = outputs.get(outputs.size() - 1).values();
        double targets = 0;
        double others = 0;
        for (int pixel = 0; pixel < logits.length; pixel++) {
            boolean target = MASKS.values()[pixel] == 1;
            targets += target ? logits[pixel] / TARGET_PIXELS : 0;
            others += target ? 0 : logits[pixel] / (logits.length - TARGET_PIXELS);
        }
        return targets - others;
    }
}
