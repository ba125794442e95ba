package dev.irstd;

import dev.irstd.testing.MemoryCurve;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;

/**
 * A program that detects, then loads and closes detectors, and writes down its resident memory. Its images are of
 * random sizes from 1x1 to 640x512; threads come and go.
 */
final class DetectorMemoryRun {
    private static final int READINGS = 50;

    private DetectorMemoryRun() {}

    /** Takes the number of detections, of reloads, and the CSV file. */
    public static void main(String[] arguments) throws Exception {
        int detections = Integer.parseInt(arguments[0]);
        int reloads = Integer.parseInt(arguments[1]);
        Random random = new Random(8);
        Model model = TinyNetwork.ofChannels(1)
                .thenRandomConvolution(1, 8, 3, random)
                .then("Relu")
                .thenRandomConvolution(8, 1, 3, random)
                .then("Sigmoid")
                .model(TinyNetwork.GREY_IS_SCORE);
        try (MemoryCurve.Recorder curve = new MemoryCurve.Recorder(Path.of(arguments[2]))) {
            try (Detector detector = detector(model)) {
                int each = Math.max(1, detections / READINGS);
                for (int done = each; done <= detections; done += each) {
                    detectInTwoThreads(detector, each, random);
                    curve.record("detections", done);
                }
            }
            int each = Math.max(1, reloads / READINGS);
            for (int done = 1; done <= reloads; done++) {
                try (Detector detector = detector(model)) {
                    detectInTwoThreads(detector, 4, random);
                }
                if (done % each == 0) {
                    curve.record("reloads", done);
                }
            }
        }
    }

    private static Detector detector(Model model) {
        return IrstdDetector.builder().model(model).threads(1).build();
    }

    private static void detectInTwoThreads(Detector detector, int detections, Random random) throws Exception {
        List<FutureTask<Void>> halves = new ArrayList<>();
        for (int first = 0; first < 2; first++) {
            List<InfraredImage> images = new ArrayList<>();
            for (int i = first; i < detections; i += 2) {
                images.add(Frames.noise(1 + random.nextInt(640), 1 + random.nextInt(512), random.nextLong()));
            }
            FutureTask<Void> half = new FutureTask<>(() -> {
                images.forEach(detector::detect);
                return null;
            });
            halves.add(half);
            new Thread(half).start();
        }
        for (FutureTask<Void> half : halves) {
            half.get();
        }
    }
}
