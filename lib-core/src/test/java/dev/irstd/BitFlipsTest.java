package dev.irstd;

import dev.irstd.testing.BitFlips;
import dev.irstd.testing.BitFlips.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static org.assertj.core.api.Assertions.assertThat;

/** Models without a seal; {@link SealTest} has those with one. */
class BitFlipsTest {
    private static final byte[] ONNX = TinyNetwork.ofChannels(1)
            .thenConvolution(1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1)
            .then("MaxPool", TinyNetwork.integers("kernel_shape", 1, 1), TinyNetwork.integers("strides", 1, 1))
            .then("Sigmoid")
            .onnx(TinyNetwork.GREY_IS_SCORE.toMetadata(), DYNAMIC, 1, DYNAMIC, DYNAMIC);

    @TempDir
    Path folder;

    @Test
    void aFlippedBitOfAModelWithoutSealIsAnsweredOrRefusedButNeverACrash() throws Exception {
        Map<Outcome, Long> outcomes = BitFlips.run(file(), 1, 400);

        assertThat(outcomes).doesNotContainKey(Outcome.ESCAPED).containsKeys(Outcome.REFUSED, Outcome.SAME);
    }

    @Test
    @Tag("long")
    void everyBitOfAModelWithoutSeal() throws Exception {
        assertThat(BitFlips.run(file(), 0, Integer.MAX_VALUE)).doesNotContainKey(Outcome.ESCAPED);
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("tiny.onnx"), ONNX);
    }
}
