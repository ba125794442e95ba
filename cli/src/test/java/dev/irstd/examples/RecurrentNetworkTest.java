package dev.irstd.examples;

import dev.irstd.Detector;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Normalization;
import dev.irstd.training.data.Background;
import dev.irstd.training.data.Scene;
import dev.irstd.training.data.SceneGenerator;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import dev.irstd.training.torch.Optimiser;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.torch.TrainingLoss;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A network of a user's own: by RucBlock, and by name. */
class RecurrentNetworkTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;
    private static final Scene SCENE =
            SceneGenerator.of(WIDTH, HEIGHT, Background.SKY).withTargets(2).generate(3);

    private final Network network = new RecurrentNetwork(1);

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @Test
    void hasItsConvolutionsOnceAndItsNormsThreeTimes() {
        int stem = 1 * 8 * 9 + 8 + 2 * 8;
        int fine = unit(8, 8) + 3 * 2 * (2 * 8);
        int coarse = unit(8, 16) + 3 * (2 * (2 * 16) + shortcut(8, 16));
        int merged = unit(24, 8) + 3 * (2 * (2 * 8) + shortcut(24, 8));
        int head = 3 * 8 + 1;
        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(stem + fine + coarse + merged + head);
    }

    private static int unit(int in, int out) {
        return (in * out * 9 + out) + (out * out * 9 + out);
    }

    private static int shortcut(int in, int out) {
        return (in * out + out) + 2 * out;
    }

    @Test
    void isTrainedAndScoresInTheDetectorAsInPyTorch(@TempDir Path folder) throws IOException {
        Weights start = Weights.initial(network, Initialisation.PYTORCH, 0.01, 1);
        Path model = folder.resolve("recurrent.onnx");
        float[] logits;
        try (TorchSession session = new TorchSession(network, start, start);
                TorchSession.Steps steps = session.steps(new Optimiser.AdamW(0.01, 0))) {
            double before = step(steps);
            for (int i = 0; i < 10; i++) {
                step(steps);
            }
            assertThat(step(steps)).isLessThan(0.8 * before);
            logits = session.logits(image()).get(0).values();
            TrainingExamples.export(network, session.weights(), model);
        }

        try (Detector detector = IrstdDetector.load(model)) {
            float[] scores = detector.detect(SCENE.image()).scoreMap().toArray();
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) scores[i]).isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-5));
            }
        }
    }

    private static double step(TorchSession.Steps steps) {
        return steps.step(image(), mask(), TrainingLoss.DptK.standard(), 0.01, 0.5);
    }

    private static FloatTensor image() {
        InfraredImage image = SCENE.image();
        float mean = Normalization.NUAA_SIRST.mean().get(0);
        float deviation = Normalization.NUAA_SIRST.standardDeviation().get(0);
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = (image.sample(i % WIDTH, i / WIDTH) - mean) / deviation;
        }
        return new FloatTensor(List.of(1, 1, HEIGHT, WIDTH), values);
    }

    private static FloatTensor mask() {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = SCENE.mask().get(i % WIDTH, i / WIDTH) ? 1 : 0;
        }
        return new FloatTensor(List.of(1, 1, HEIGHT, WIDTH), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void isFoundByName(int inputChannels) {
        assertThat(Networks.named("Recurrent-8", inputChannels)).isEqualTo(new RecurrentNetwork(inputChannels));
        assertThat(Networks.names()).contains(network.name());
    }
}
