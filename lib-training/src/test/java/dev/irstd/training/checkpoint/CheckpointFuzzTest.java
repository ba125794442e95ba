package dev.irstd.training.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of any kind are a checkpoint that can be written and read again, or an IOException that names the file. */
class CheckpointFuzzTest {
    private static final StateDict STATE_DICT = new StateDict(
            Map.of(
                    "conv.weight",
                    new FloatTensor(List.of(2, 1, 1, 3), new float[] {1, -2, 3, Float.MIN_VALUE, 5, Float.NaN}),
                    "norm.running_var",
                    new FloatTensor(List.of(2), new float[] {0.5f, 2})),
            Map.of("norm.num_batches_tracked", 7L));

    @TempDir
    static Path folder;

    static Stream<byte[]> files() throws IOException {
        Path file = folder.resolve("seed.pth");
        Path safetensors = folder.resolve("seed.safetensors");
        STATE_DICT.write(file, new Layout(KeyPrefix.MODULE, Wrapper.STATE_DICT));
        STATE_DICT.write(safetensors, Layout.PLAIN);
        Path legacy = TorchFiles.legacy(
                folder.resolve("legacy.pth"),
                new Pickle()
                        .ops("}")
                        .text("w")
                        .tensor("FloatStorage", "1", 6, 2, List.of(2L, 2L), List.of(1L, 2L))
                        .ops("s")
                        .end(),
                Map.of("1", TorchFiles.floats(0, 1, 2, 3, 4, 5)),
                Map.of("1", 6L));
        return Stream.of(Files.readAllBytes(file), Files.readAllBytes(safetensors), Files.readAllBytes(legacy));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void fileIsACheckpointOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(Files.write(folder.resolve("fuzzed"), bytes));
    }

    static Stream<byte[]> pickles() throws IOException {
        Stream.Builder<byte[]> pickles = Stream.builder();
        for (int protocol = 2; protocol <= 5; protocol++) {
            try (var in = CheckpointFuzzTest.class.getResourceAsStream("protocol" + protocol + ".pkl")) {
                pickles.add(in.readAllBytes());
            }
        }
        pickles.add(new Pickle()
                .ops("}(")
                .text("w")
                .tensor("HalfStorage", "0", 12, 1, List.of(2L, 3L), List.of(1L, 2L))
                .text("double")
                .vector("DoubleStorage", "0", 3)
                .text("n.num_batches_tracked")
                .tensor("LongStorage", "0", 3, 1, List.of(), List.of())
                .ops("u")
                .end());
        return pickles.build();
    }

    /** Without a zip's checksum, which few changed files have right, in the way. */
    @MethodSource("pickles")
    @FuzzTest(maxDuration = "10m")
    void pickleIsAStateDictOrRefused(byte[] pickle) throws IOException {
        byte[] storage = TorchFiles.floats(0, 1, 2, 3, 4, 5);
        readOrRefuse(TorchFiles.zip(folder.resolve("fuzzed"), pickle, Map.of("0", storage, "1", storage)));
    }

    private static void readOrRefuse(Path file) throws IOException {
        CheckpointFile read;
        try {
            read = CheckpointFile.read(file);
        } catch (IOException e) {
            assertThat(e.getMessage()).contains(file.toString());
            return;
        }
        Path again = folder.resolve("again.pth");
        read.stateDict().write(again, Layout.PLAIN);
        assertThat(CheckpointFile.read(again).stateDict().tensors().keySet())
                .hasSameSizeAs(read.stateDict().tensors().keySet());
    }
}
