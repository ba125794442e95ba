package dev.irstd.cli;

import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.Target;
import dev.irstd.models.Models;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded model on the samples: what a newcomer sees first. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("..", "docs", "samples");
    private static final double TOLERANCE = 1.5;

    private static final Map<String, List<Target>> FOUND = new HashMap<>();

    record Placed(String id, double x, double y) {
        boolean isAt(Target target) {
            return Math.hypot(target.x() - x, target.y() - y) <= TOLERANCE;
        }
    }

    @BeforeAll
    static void detect() throws IOException {
        try (Detector detector = IrstdDetector.load(Models.rrcanet18())) {
            for (String id : images()) {
                File file = SAMPLES.resolve("images").resolve(id + ".png").toFile();
                FOUND.put(id, detector.detect(ImageIO.read(file)).targets());
            }
        }
    }

    static Stream<Placed> targets() throws IOException {
        List<String> lines = Files.readAllLines(SAMPLES.resolve("targets.csv"));
        return lines.stream().skip(1).map(line -> {
            String[] cells = line.split(",");
            return new Placed(cells[0], Double.parseDouble(cells[1]), Double.parseDouble(cells[2]));
        });
    }

    static List<String> images() throws IOException {
        return Files.readAllLines(SAMPLES.resolve("test.txt"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void findsEachTargetWhereItWasPut(Placed placed) {
        assertThat(FOUND.get(placed.id())).anyMatch(placed::isAt);
    }

    @ParameterizedTest
    @MethodSource("images")
    void seesNothingWhereNoTargetIs(String id) throws IOException {
        List<Placed> placed = targets().filter(target -> target.id().equals(id)).toList();

        assertThat(FOUND.get(id)).allMatch(target -> placed.stream().anyMatch(known -> known.isAt(target)));
    }
}
