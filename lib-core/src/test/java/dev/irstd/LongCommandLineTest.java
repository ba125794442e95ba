package dev.irstd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** As of a shell that names many images. */
class LongCommandLineTest {
    @Test
    void doesNotEndTheProcess() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                "x".repeat(100_000));
        command.environment().remove("ORT_DISABLE_TELEMETRY");
        Process child = command.inheritIO().start();

        assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            IrstdDetector.load(TinyNetwork.identity()).close();
        }
    }
}
