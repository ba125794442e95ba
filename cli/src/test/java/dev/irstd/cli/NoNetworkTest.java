package dev.irstd.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "later JVMs have no security manager")
class NoNetworkTest {
    @TempDir
    Path folder;

    @Test
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
        assertThat(said).contains("asked for [], left 0 sockets open").contains("5 of 5 stopped");
    }
}
