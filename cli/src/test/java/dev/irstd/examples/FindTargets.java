package dev.irstd.examples;

import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.Target;
import dev.irstd.models.Models;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

public final class FindTargets {
    public static void main(String[] files) throws IOException {
        try (Detector detector = IrstdDetector.load(Models.rrcanet18())) {
            for (String file : files) {
                Detection found = detector.detect(ImageIO.read(new File(file)));
                for (Target target : found.targets()) {
                    System.out.printf("%s: %.1f, %.1f  score %.2f%n", file, target.x(), target.y(), target.score());
                }
                ImageIO.write(found.mask().toImage(), "png", new File(file + "-mask.png"));
            }
        }
    }
}
