package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.irstd.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** In processes of their own, with the jar of ONNX Runtime that has no CUDA. */
class DeviceProcessTest {
    /** Builds detectors on the device of its arguments and prints where they run, or the error. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            for (String argument : arguments) {
                Device device = argument.equals("auto") ? Device.auto() : Device.cuda(Integer.parseInt(argument));
                try (IrstdDetector detector = IrstdDetector.builder()
                        .model(TinyNetwork.identity())
                        .device(device)
                        .build()) {
                    System.out.println("runs on " + detector.device());
                } catch (DeviceException e) {
                    System.out.println("refused: " + e.getMessage());
                }
            }
        }
    }

    @TempDir
    Path folder;

    @BeforeAll
    static void requireNoCuda() {
        assumeThat(OrtEnvironment.getAvailableProviders())
                .as("this ONNX Runtime is built with CUDA")
                .doesNotContain(OrtProvider.CUDA);
    }

    private List<String> output(String... devices) throws Exception {
        ChildJvm.Ended ended = new ChildJvm(folder).run(Program.class, List.of(), List.of(devices));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output().lines().toList();
    }

    @Test
    void cudaSaysWhatTheClassPathLacks() throws Exception {
        assertThat(output("0"))
                .containsExactly("refused: CUDA device 0 cannot run: this ONNX Runtime 1.28.0 is built without CUDA; on"
                        + " the class path, replace com.microsoft.onnxruntime:onnxruntime by onnxruntime_gpu (CUDA 12),"
                        + " or add dev.irstd:irstd-cuda (CUDA 13)");
    }

    @Test
    void autoTakesTheProcessorAndSaysSoOnce() throws Exception {
        List<String> output = output("auto", "auto", "auto");

        assertThat(output).filteredOn(line -> line.startsWith("runs on")).containsOnly("runs on CPU");
        assertThat(output)
                .filteredOn(line -> line.contains("Device.auto() takes the CPU, because CUDA device 0 cannot run"))
                .hasSize(1);
    }
}
