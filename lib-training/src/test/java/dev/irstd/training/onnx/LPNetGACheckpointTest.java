package dev.irstd.training.onnx;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.checkpoint.CheckpointFile;
import dev.irstd.training.network.LPNetGA;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The published checkpoints of LPNetGA, from the file to the outputs. */
class LPNetGACheckpointTest {
    private static final Network NETWORK = LPNetGA.standard();

    @Test
    void checkpointForSirstGivesTheOfficialOutputs() throws IOException {
        Npz npz = Npz.read(Shared.require("vectors/networks/lpnetga_sirst.npz"));

        List<FloatTensor> outputs = Onnx.outputs(NETWORK, weights("LPNetGA-SIRST.pth"), tensor(npz, "input"));

        FloatTensor patches =
                new FloatTensor(List.of(1, 100, 900), outputs.get(0).values());
        assertThat(Tensors.distance(patches, tensor(npz, "patches"))).isLessThan(1e-4);
        assertThat(Tensors.distance(outputs.get(1), tensor(npz, "attention"))).isLessThan(1e-6);
        assertThat(Tensors.distance(outputs.get(2), tensor(npz, "output"))).isLessThan(1e-4);
    }

    /** Of the other checkpoint no outputs are known, but an attention sums to 1 and a map is stretched to [0, 1]. */
    @Test
    void checkpointForMfirstRuns() throws IOException {
        FloatTensor image = Tensors.noise(1, 1, 1, 120, 120);

        List<FloatTensor> outputs = Onnx.outputs(NETWORK, weights("LPNetGA-MFIRST.pth"), image);

        assertThat(outputs.get(0).values()).satisfies(LPNetGACheckpointTest::areProbabilities);
        double attention = 0;
        for (float share : outputs.get(1).values()) {
            attention += share;
        }
        assertThat(attention).isCloseTo(1, Offset.offset(1e-4));
        float[] map = outputs.get(2).values().clone();
        Arrays.sort(map);
        assertThat(map[0]).isZero();
        assertThat(map[map.length - 1]).isCloseTo(1, Offset.offset(1e-6f));
    }

    private static void areProbabilities(float[] values) {
        for (float value : values) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    private static Weights weights(String file) throws IOException {
        return CheckpointFile.read(Shared.require("vectors/checkpoints/" + file))
                .stateDict()
                .weightsOf(NETWORK);
    }

    private static FloatTensor tensor(Npz npz, String key) {
        return new FloatTensor(Arrays.stream(npz.shape(key)).boxed().toList(), npz.floats(key));
    }
}
