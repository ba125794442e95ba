package dev.irstd.training.onnx;

import dev.irstd.Detector;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ScoreMap;
import java.util.SplittableRandom;

/** What detectors of exported files make of an image of noise, of a size that no network takes without padding. */
final class NoiseScores {
    private static final int WIDTH = 75;
    private static final int HEIGHT = 61;

    private NoiseScores() {}

    static InfraredImage noise(long seed) {
        byte[] grey = new byte[WIDTH * HEIGHT];
        new SplittableRandom(seed).nextBytes(grey);
        return InfraredImage.grey8(WIDTH, HEIGHT, grey, 0, WIDTH);
    }

    static ScoreMap scores(byte[] onnx) {
        try (Detector detector = IrstdDetector.load(Model.of("exported", onnx))) {
            return detector.detect(noise(1)).scoreMap();
        }
    }

    /** The largest difference of two scores of a pixel. */
    static double distance(ScoreMap a, ScoreMap b) {
        double distance = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                distance = Math.max(distance, Math.abs(a.get(x, y) - b.get(x, y)));
            }
        }
        return distance;
    }
}
