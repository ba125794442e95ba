package dev.irstd;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a detection leaves on the heap, once the first ones are done. */
class AllocationTest {
    private static final int PIXELS = 640 * 512;
    private static final int SMALL_CHANGE = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void isTheScoreMapAndTheMask() {
        InfraredImage image = Frames.noise(640, 512, 1);
        try (Detector detector = dark(TinyNetwork.identity())) {
            assertThat(allocated(() -> detector.detect(image))).isBetween(5L * PIXELS, 5L * PIXELS + SMALL_CHANGE);
        }
    }

    @Test
    void isTheSamplesTooIfTheyComeFromABufferedImage() {
        BufferedImage image = Frames.noise(640, 512, 1).toImage();
        try (Detector detector = dark(TinyNetwork.identity())) {
            assertThat(allocated(() -> detector.detect(image))).isBetween(6L * PIXELS, 6L * PIXELS + SMALL_CHANGE);
        }
    }

    /** Nothing is above the threshold. */
    private static Detector dark(Model model) {
        return IrstdDetector.builder().model(model).threshold(1).build();
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
