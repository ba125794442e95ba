package dev.irstd.training.torch;

import dev.irstd.training.network.DCONet;
import dev.irstd.training.network.LPNetGA;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworksWithLossesOfTheirOwnTest {
    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @Test
    void dcoNetLearnsABatchByItsOwnLoss() {
        Network network = DCONet.standard().withStages(2);
        Weights start = Weights.initial(network, Initialisation.DCONET, 0.5, 1);
        Optimiser adam = new Optimiser.Adam(1e-3, 0);
        Batch batch = Batch.ofTargets(1, 64);

        try (TorchSession session = new TorchSession(network, start, start);
                TorchSession.Steps steps = session.steps(adam)) {
            double first = batch.step(steps, new TrainingLoss.DcoNet(), adam);
            double last = first;
            for (int step = 1; step < 6; step++) {
                last = batch.step(steps, new TrainingLoss.DcoNet(), adam);
            }
            assertThat(last).isLessThan(0.95 * first);
        }
    }

    /** A single step, because its 256 windows cost seconds. */
    @Test
    void aStepByItsOwnLossReachesEveryPartOfLpNetGa() {
        Network network = LPNetGA.standard();
        Weights start = Weights.initial(network, Initialisation.PYTORCH, 0.5, 1);
        Optimiser adam = new Optimiser.Adam(1e-3, 0);

        Weights after;
        try (TorchSession session = new TorchSession(network, start, start);
                TorchSession.Steps steps = session.steps(adam)) {
            Batch.ofTargets(1, 120).step(steps, new TrainingLoss.LpNetGaPatches(), adam);
            after = session.weights();
        }

        for (String layer :
                List.of("gfe.block1.conv1", "attn.block1.conv1", "lfe.conv_k3.conv", "lfe.patch_net.block1.conv2")) {
            assertThat(after.get(layer + ".weight").values())
                    .as(layer)
                    .isNotEqualTo(start.get(layer + ".weight").values());
        }
    }

    /** Noise in [0, 1] with a target of 3x3 pixels in each image. */
    private record Batch(FloatTensor images, FloatTensor masks) {
        static Batch ofTargets(int batch, int side) {
            SplittableRandom random = new SplittableRandom(3);
            float[] images = new float[batch * side * side];
            float[] masks = new float[images.length];
            for (int pixel = 0; pixel < masks.length; pixel++) {
                int x = pixel % side;
                int y = pixel / side % side;
                masks[pixel] = x >= 30 && x < 33 && y >= 40 && y < 43 ? 1 : 0;
                images[pixel] = (float) random.nextDouble(0.3, 0.4) + masks[pixel] / 2;
            }
            List<Integer> shape = List.of(batch, 1, side, side);
            return new Batch(new FloatTensor(shape, images), new FloatTensor(shape, masks));
        }

        double step(TorchSession.Steps steps, TrainingLoss loss, Optimiser optimiser) {
            return steps.step(images, masks, loss, optimiser.learningRate(), 1);
        }
    }
}
