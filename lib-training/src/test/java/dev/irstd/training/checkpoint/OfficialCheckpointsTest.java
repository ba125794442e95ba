package dev.irstd.training.checkpoint;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that PyTorch wrote, of trained networks. */
class OfficialCheckpointsTest {
    private static final Set<String> EXAMPLES = Set.of(
            "image",
            "image_120",
            "mask_120",
            "input",
            "output",
            "attention",
            "patches",
            "output_batchstats",
            "attention_batchstats",
            "resized_back",
            "resized_back_batchstats");

    @TempDir
    Path folder;

    @Test
    void readsEveryTensorBitForBit() throws IOException {
        CheckpointFile file = CheckpointFile.read(Shared.require("vectors/checkpoints/LPNetGA-SIRST.pth"));
        Npz npz = Npz.read(Shared.require("vectors/networks/lpnetga_sirst.npz"));

        Set<String> official = new LinkedHashSet<>(npz.keys());
        official.removeAll(EXAMPLES);
        StateDict stateDict = file.stateDict();
        assertThat(official).hasSize(382);
        assertThat(file.prefix()).isEqualTo("module.");
        assertThat(file.leftOut()).isEmpty();
        assertThat(file.rounded()).isEmpty();
        assertThat(stateDict.tensors().size() + stateDict.counters().size()).isEqualTo(382);
        for (String key : official) {
            if (StateDict.isCounter(key)) {
                assertThat(npz.longs(key))
                        .as(key)
                        .containsExactly(stateDict.counters().get(key));
            } else {
                FloatTensor tensor = stateDict.tensors().get(key);
                assertThat(tensor).as(key).isNotNull();
                assertThat(tensor.shape())
                        .as(key)
                        .isEqualTo(Arrays.stream(npz.shape(key)).boxed().toList());
                assertThat(bits(tensor.values())).as(key).isEqualTo(bits(npz.floats(key)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LPNetGA-SIRST.pth", "LPNetGA-MFIRST.pth"})
    void comesBackUnchangedFromAWrittenFile(String name) throws IOException {
        CheckpointFile official = CheckpointFile.read(Shared.require("vectors/checkpoints/" + name));
        Path file = folder.resolve(name);

        official.stateDict().write(file, new Layout(KeyPrefix.MODULE, Wrapper.NONE));
        CheckpointFile again = CheckpointFile.read(file);

        assertThat(again.prefix()).isEqualTo("module.");
        assertThat(again.stateDict().counters()).isEqualTo(official.stateDict().counters());
        Map<String, FloatTensor> tensors = again.stateDict().tensors();
        assertThat(tensors.keySet())
                .containsExactlyElementsOf(official.stateDict().tensors().keySet());
        official.stateDict().tensors().forEach((key, tensor) -> {
            assertThat(tensors.get(key).shape()).as(key).isEqualTo(tensor.shape());
            assertThat(bits(tensors.get(key).values())).as(key).isEqualTo(bits(tensor.values()));
        });
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
