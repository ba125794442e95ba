package dev.irstd.benchmarks;

import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.Target;
import dev.irstd.Tiles;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far the scores and targets of tiles are from those of the whole image, for the embedded network, whose attention
 * looks at the whole of its input. Prints a table; the arguments are the number of scenes, their width and their height.
 */
public final class TileDifference {
    private static final List<Tiles> CANDIDATES =
            List.of(new Tiles(256, 0), new Tiles(256, 64), new Tiles(512, 0), new Tiles(512, 64), new Tiles(512, 128));
    /** A target is the same if its centroid lies within so many pixels. */
    private static final double SAME = 1;

    private TileDifference() {}

    /**
     * Prints the table.
     *
     * @param args number of scenes, width and height in pixels; 4, 1024 and 1024 if there are none
     */
    public static void main(String[] args) {
        int scenes = args.length == 0 ? 4 : Integer.parseInt(args[0]);
        int width = args.length == 0 ? 1024 : Integer.parseInt(args[1]);
        int height = args.length == 0 ? 1024 : Integer.parseInt(args[2]);
        System.out.println("| tiles | largest difference | mean difference | pixels decided otherwise | targets, whole"
                + " | targets, tiles | in both |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Detection> whole = detections(IrstdDetector.builder(), scenes, width, height);
        for (Tiles tiles : CANDIDATES) {
            List<Detection> tiled = detections(IrstdDetector.builder().tiles(tiles), scenes, width, height);
            System.out.println(row(tiles, whole, tiled));
        }
    }

    private static List<Detection> detections(IrstdDetector.Builder builder, int scenes, int width, int height) {
        try (Detector detector = builder.model(Models.rrcanet18()).build()) {
            return IntStream.range(0, scenes)
                    .mapToObj(seed -> {
                        BufferedImage scene = Scene.draw(new Size(width, height), seed);
                        return detector.detect(scene);
                    })
                    .toList();
        }
    }

    private static String row(Tiles tiles, List<Detection> whole, List<Detection> tiled) {
        float largest = 0;
        double sum = 0;
        long pixels = 0;
        long decided = 0;
        int wholeTargets = 0;
        int tiledTargets = 0;
        int both = 0;
        for (int i = 0; i < whole.size(); i++) {
            Detection one = whole.get(i);
            Detection other = tiled.get(i);
            float[] expected = one.scoreMap().toArray();
            float[] actual = other.scoreMap().toArray();
            for (int pixel = 0; pixel < expected.length; pixel++) {
                float difference = Math.abs(expected[pixel] - actual[pixel]);
                largest = Math.max(largest, difference);
                sum += difference;
            }
            pixels += expected.length;
            decided += differing(one, other);
            wholeTargets += one.targets().size();
            tiledTargets += other.targets().size();
            both += (int) one.targets().stream()
                    .filter(target -> other.targets().stream().anyMatch(found -> near(target, found)))
                    .count();
        }
        return String.format(
                Locale.ROOT,
                "| %d, overlap %d | %.3f | %.1e | %d of %d | %d | %d | %d |",
                tiles.size(),
                tiles.overlap(),
                largest,
                sum / pixels,
                decided,
                pixels,
                wholeTargets,
                tiledTargets,
                both);
    }

    private static long differing(Detection one, Detection other) {
        long differing = 0;
        for (int y = 0; y < one.height(); y++) {
            for (int x = 0; x < one.width(); x++) {
                differing += one.mask().get(x, y) == other.mask().get(x, y) ? 0 : 1;
            }
        }
        return differing;
    }

    private static boolean near(Target target, Target found) {
        return Math.hypot(target.x() - found.x(), target.y() - found.y()) <= SAME;
    }
}
