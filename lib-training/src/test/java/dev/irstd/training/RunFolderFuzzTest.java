package dev.irstd.training;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.irstd.Normalization;
import dev.irstd.training.network.DroppingNetwork;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run folder holds, be it of any kind, is read or refused by its name. */
class RunFolderFuzzTest {
    private static final Network NETWORK = new DroppingNetwork();

    @TempDir
    static Path folder;

    static Stream<byte[]> checkpoints() throws IOException {
        Path file = folder.resolve("seed");
        Weights weights = RandomWeights.of(NETWORK, 1);
        new Checkpoint(NETWORK.name(), "plan", Normalization.UNIT, 3, weights, weights, new byte[] {1, 2}).write(file);
        return Stream.of(Files.readAllBytes(file));
    }

    @MethodSource("checkpoints")
    @FuzzTest(maxDuration = "10m")
    void checkpointIsWholeOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed"), bytes);
        try {
            assertThat(Checkpoint.read(NETWORK, file).weights().tensors()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith(file + " is not a ");
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith(file + " is of ");
        }
    }

    static Stream<byte[]> logs() {
        return Stream.of("epoch,learning_rate,loss,seconds\n1,0.01,0.5,0.1\n2,0.005,0.25,0.1\n"
                .getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("logs")
    @FuzzTest(maxDuration = "10m")
    void logIsCutOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("log.csv"), bytes);
        EpochLog log = new EpochLog(file, "epoch,learning_rate,loss,seconds");
        try {
            log.truncate(1);
            log.append(2, "0.01,0.5,1");
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith(file + " ");
            return;
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).first().isEqualTo("epoch,learning_rate,loss,seconds");
        assertThat(lines).last().isEqualTo("2,0.01,0.5,1");
        assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.matches("(?s)0*[01],.*"));
    }
}
