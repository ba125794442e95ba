package dev.irstd;

import dev.irstd.testing.ChildJvm;
import dev.irstd.testing.MemoryCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Resident memory stays within a bound. A process with a Java heap of 64 MB, and so at most as much in direct buffers,
 * may rise by 100 MB after the first fifth of its work. An image is 1.3 MB of floats at most and 0.33 MB on average: 500
 * forgotten outputs would be 160 MB.
 *
 * <p>Large blocks go back to the system when they are freed: what glibc otherwise keeps of them is no leak and would hide
 * one.
 */
class DetectorMemoryTest {
    private static final int BOUND = 100;
    private static final Map<String, String> NOTHING_KEPT = Map.of("MALLOC_MMAP_THRESHOLD_", "131072");

    @TempDir
    Path folder;

    @BeforeEach
    void requireLinux() {
        MemoryCurve.requireReadable();
    }

    @Test
    void staysBoundedOverDetectionsAndReloads() throws Exception {
        requireBounded(500, 10, folder.resolve("detecting.csv"));
    }

    @Test
    @Tag("long")
    void staysBoundedOverTenThousandDetectionsAndTwoHundredReloads() throws Exception {
        Path kept = Files.createDirectories(Path.of("target", "memory"));
        requireBounded(10_000, 200, kept.resolve("detecting.csv").toAbsolutePath());
    }

    /** 16 channels of 3000x2000 floats are 384 MB. */
    @Test
    void givesBackWhatALargeImageTookOnceASmallOneComes() throws Exception {
        Path curve = folder.resolve("images.csv");

        ChildJvm.Ended ended = new ChildJvm(folder)
                .run(LargeImageMemoryRun.class, List.of("-Xmx128m", "-XX:+UseSerialGC"), List.of(curve.toString()));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(MemoryCurve.growth(curve, "images")).isLessThan(-300);
    }

    private void requireBounded(int detections, int reloads, Path curve) throws Exception {
        ChildJvm.Ended ended = new ChildJvm(folder, NOTHING_KEPT)
                .run(
                        DetectorMemoryRun.class,
                        List.of("-Xmx64m", "-XX:+UseSerialGC"),
                        List.of("" + detections, "" + reloads, curve.toString()));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(MemoryCurve.growth(curve, "detections")).isLessThan(BOUND);
        assertThat(MemoryCurve.growth(curve, "reloads")).isLessThan(BOUND);
    }
}
