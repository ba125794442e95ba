package dev.irstd.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NoNetworkTest {
    @TempDir
    Path folder;

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "later JVMs have no security manager")
    void trainingMeasuringAndDetectingAskForNone() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.manager=" + NoNetwork.class.getName(),
                        "-Djava.awt.headless=true",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NoNetwork.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains("asked for []").contains("5 of 5 stopped");
    }

    /** From 1.29.0 on, ONNX Runtime reports to Microsoft from Linux and macOS, and Java cannot stop it in time. */
    @Test
    void onnxRuntimeHasNoAddressToReportTo() throws IOException {
        String jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> Path.of(path).getFileName().toString().startsWith("onnxruntime-"))
                .findFirst()
                .orElseThrow();
        int libraries = 0;
        try (ZipFile content = new ZipFile(jar)) {
            for (ZipEntry entry : Collections.list(content.entries())) {
                if (entry.getName().matches(".*/(lib)?onnxruntime\\.(so|dylib|dll)")
                        && !entry.getName().contains(".dSYM/")) {
                    String bytes =
                            new String(content.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(bytes.contains("events.data.microsoft.com"))
                            .as(entry.getName())
                            .isFalse();
                    libraries++;
                }
            }
        }
        assertThat(libraries).isEqualTo(4);
    }
}
