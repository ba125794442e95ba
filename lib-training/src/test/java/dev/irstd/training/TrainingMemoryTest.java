package dev.irstd.training;

import dev.irstd.testing.ChildJvm;
import dev.irstd.testing.MemoryCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Resident memory stays within a bound. A step computes more than 40 maps of 8 channels at 64x64 for a batch of 4: 20 MB.
 * After the first fifth of the steps the process may rise by 100 MB, which leaves room for Java's heap; 32 steps that left
 * their maps behind would take 640 MB.
 */
class TrainingMemoryTest {
    private static final int BOUND = 100;

    @TempDir
    Path folder;

    @BeforeEach
    void requireLinux() {
        MemoryCurve.requireReadable();
    }

    @Test
    void staysBoundedOverSteps() throws Exception {
        requireBounded(40, folder.resolve("training.csv"));
    }

    @Test
    @Tag("long")
    void staysBoundedOverFiveHundredSteps() throws Exception {
        Path kept = Files.createDirectories(Path.of("target", "memory"));
        requireBounded(500, kept.resolve("training.csv").toAbsolutePath());
    }

    private void requireBounded(int steps, Path curve) throws Exception {
        ChildJvm.Ended ended = new ChildJvm(folder)
                .run(
                        TrainingMemoryRun.class,
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
                        List.of("" + steps, folder.resolve("run").toString(), curve.toString()));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(MemoryCurve.growth(curve, "steps")).isLessThan(BOUND);
    }
}
