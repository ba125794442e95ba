package dev.irstd.training.torch;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Native memory is freed by scopes, not by the garbage collector: what stays registered with JavaCPP stays allocated. */
class NativeMemoryTest {
    private static final Network NETWORK =
            RRCANet.of("tiny", RRCANet.standardOptions().withBlocks(1, 1).withIterations(1));
    private static final Weights WEIGHTS = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);
    private static final Optimiser ADAM_W = new Optimiser.AdamW(0.001, 1e-4);
    private static final FloatTensor IMAGES = Tensors.noise(1, 2, 1, 64, 64);
    private static final FloatTensor MASKS = new FloatTensor(List.of(2, 1, 64, 64), new float[2 * 64 * 64]);

    @BeforeAll
    static void loadPyTorch() {
        TorchSession.configure(1);
        new TorchSession(NETWORK, WEIGHTS, WEIGHTS).close();
    }

    /** Garbage of other tests must not be collected, and counted, in between. */
    @BeforeEach
    void settle() {
        System.gc();
        Pointer.deallocateReferences();
    }

    @Test
    void nothingStaysRegisteredAfterAStep() throws IOException {
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(ADAM_W)) {
            long before = Pointer.totalCount();

            step(steps);
            steps.restore(steps.state());
            session.logits(IMAGES);
            session.weights();
            session.averaged();

            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    @Test
    void nothingStaysRegisteredAfterClosing() {
        long before = Pointer.totalCount();

        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(ADAM_W)) {
            step(steps);
            assertThat(Pointer.totalCount()).isGreaterThan(before);
        }

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void nothingStaysRegisteredOfASessionThatCannotBeMade() {
        Network larger = RRCANet.rrcanet18();
        long before = Pointer.totalCount();

        assertThatIllegalArgumentException().isThrownBy(() -> new TorchSession(larger, WEIGHTS, WEIGHTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TorchSession(larger, Weights.initial(larger, Initialisation.PYTORCH, 0.01, 1), WEIGHTS));

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void nothingStaysRegisteredAfterAFailedStep() {
        FloatTensor images = Tensors.noise(1, 2, 1, 64, 64);
        images.values()[0] = Float.NaN;
        try (TorchSession session = new TorchSession(NETWORK, WEIGHTS, WEIGHTS);
                TorchSession.Steps steps = session.steps(ADAM_W)) {
            long before = Pointer.totalCount();

            assertThatExceptionOfType(DivergenceException.class)
                    .isThrownBy(() -> steps.step(images, MASKS, TrainingLoss.DptK.standard(), 0.001, 0.1));
            assertThatIllegalArgumentException().isThrownBy(() -> steps.restore(new byte[10]));

            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    private static void step(TorchSession.Steps steps) {
        steps.step(IMAGES, MASKS, TrainingLoss.DptK.standard(), 0.001, 0.1);
    }
}
