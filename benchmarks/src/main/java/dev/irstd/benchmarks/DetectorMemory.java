package dev.irstd.benchmarks;

import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What detectors of the embedded network add to the memory that their process holds (Linux), with the threads that they
 * share.
 */
public final class DetectorMemory {
    private static final int RUNS = 3;

    private DetectorMemory() {}

    /**
     * Prints {@code stage TAB resident MB TAB highest so far}, for the JVM alone, the loaded detectors and after each of
     * them, in turn, has seen some images of each size.
     *
     * @param arguments the number of detectors, then sizes such as {@code 640x512}
     * @throws Exception if the memory of the process cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        List<String> sizes = Arrays.asList(arguments).subList(1, arguments.length);
        List<BufferedImage> images =
                sizes.stream().map(Size::of).map(Scene::draw).toList();
        Memory.report("jvm");
        List<Detector> detectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            detectors.add(IrstdDetector.load(Models.rrcanet18()));
        }
        Memory.report("loaded");
        for (int i = 0; i < images.size(); i++) {
            for (Detector detector : detectors) {
                for (int run = 0; run < RUNS; run++) {
                    detector.detect(images.get(i));
                }
            }
            Memory.report(sizes.get(i));
        }
        detectors.forEach(Detector::close);
        Memory.report("closed");
    }
}
