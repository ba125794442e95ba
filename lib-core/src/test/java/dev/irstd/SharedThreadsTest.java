package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/** In processes of their own, since a process has one environment of ONNX Runtime. */
class SharedThreadsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void moreDetectorsBringNoMoreThreads() throws Exception {
        assertThat(output("many")).contains("threads of four detectors more: 0", "targets: 1");
    }

    @Test
    void workWhereTheApplicationUsedOnnxRuntimeFirst() throws Exception {
        assertThat(output("second")).contains("cannot share their threads", "targets: 1");
    }

    private static String output(String role) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Threads of Java's own do not come and go.
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Role.class.getName(),
                        role)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    static final class Role {
        private Role() {}

        public static void main(String[] args) throws IOException {
            if (args[0].equals("second")) {
                OrtEnvironment.getEnvironment();
            }
            try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
                System.out.println("targets: "
                        + detector.detect(Frames.of(".9.")).targets().size());
            }
            if (args[0].equals("many")) {
                long before = threads();
                List<Detector> more = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    more.add(IrstdDetector.load(TinyNetwork.identity()));
                }
                System.out.println("threads of four detectors more: " + (threads() - before));
                more.forEach(Detector::close);
            }
        }

        private static long threads() throws IOException {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                return tasks.count();
            }
        }
    }
}
