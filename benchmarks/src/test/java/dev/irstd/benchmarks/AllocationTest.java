package dev.irstd.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a detection leaves on the Java heap, once the first ones are done. */
class AllocationTest {
    private static final int PIXELS = 256 * 256;
    private static final int SMALL_CHANGE = 20_000;

    private static final BufferedImage SCENE = Scene.draw(new Size(256, 256));
    private static Detector detector;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeAll
    static void findNothing() {
        detector =
                IrstdDetector.builder().model(Models.rrcanet18()).threshold(1).build();
    }

    @AfterAll
    static void close() {
        detector.close();
    }

    @Test
    void isTheScoreMapAndTheMask() {
        InfraredImage image = InfraredImage.of(SCENE);

        assertThat(allocated(() -> detector.detect(image))).isBetween(5L * PIXELS, 5L * PIXELS + SMALL_CHANGE);
    }

    @Test
    void isTheSamplesTooIfTheyComeFromABufferedImage() {
        assertThat(allocated(() -> detector.detect(SCENE))).isBetween(6L * PIXELS, 6L * PIXELS + SMALL_CHANGE);
    }

    private long allocated(Supplier<Detection> detection) {
        for (int i = 0; i < 5; i++) {
            detection.get();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        detection.get();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
