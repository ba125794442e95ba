package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** No PyTorch for Python is at hand; {@link TorchScript} writes the same lines, which DJL's peer runs. */
class PythonPeerTest {
    private static final PlainNetwork NETWORK = PlainNetwork.load();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException, OrtException {
        PythonPeer.write(NETWORK, folder);
    }

    @Test
    void takesEachWeightOnce() throws IOException {
        long bytes = NETWORK.tensors().values().stream()
                .mapToLong(tensor -> tensor.values().length * (long) Float.BYTES)
                .sum();
        assertThat(folder.resolve("weights.bin")).hasSize(bytes);
        long taken = Pattern.compile("= take\\(\\[").matcher(source()).results().count();
        assertThat(taken).isEqualTo(NETWORK.tensors().size());
    }

    @Test
    void callsOneOperationANode() throws IOException {
        long nodes = NETWORK.graph().getNodeList().stream()
                .filter(node -> !node.getOpType().equals("Identity"))
                .count();
        long calls = Pattern.compile("torch\\.ops\\.aten\\.")
                .matcher(source())
                .results()
                .count();
        assertThat(calls).isEqualTo(nodes);
    }

    @Test
    void isPython() throws IOException, InterruptedException {
        assumeThat(python("pass")).as("python3 is here").isZero();
        for (String file : new String[] {"network.py", "peer.py"}) {
            assertThat(python("compile(open('" + folder.resolve(file) + "').read(), '" + file + "', 'exec')"))
                    .isZero();
        }
    }

    private String source() throws IOException {
        return Files.readString(folder.resolve("network.py"));
    }

    private static int python(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", program)
                    .redirectErrorStream(true)
                    .start();
            System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
