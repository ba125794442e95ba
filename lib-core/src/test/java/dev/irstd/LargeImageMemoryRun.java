package dev.irstd;

import dev.irstd.testing.MemoryCurve;
import java.nio.file.Path;
import java.util.Random;

/** A program that detects on one large image, then on small ones, and writes down its resident memory after each. */
final class LargeImageMemoryRun {
    private LargeImageMemoryRun() {}

    /** Takes the CSV file. */
    public static void main(String[] arguments) throws Exception {
        Random random = new Random(8);
        Model model = TinyNetwork.ofChannels(1)
                .thenRandomConvolution(1, 16, 3, random)
                .thenRandomConvolution(16, 1, 3, random)
                .then("Sigmoid")
                .model(TinyNetwork.GREY_IS_SCORE);
        try (MemoryCurve.Recorder curve = new MemoryCurve.Recorder(Path.of(arguments[0]));
                Detector detector = IrstdDetector.builder()
                        .model(model)
                        .threads(1)
                        .threshold(1)
                        .build()) {
            detector.detect(Frames.noise(3000, 2000, 1));
            curve.record("images", 1);
            for (int image = 2; image <= 5; image++) {
                detector.detect(Frames.noise(64, 64, image));
                curve.record("images", image);
            }
        }
    }
}
