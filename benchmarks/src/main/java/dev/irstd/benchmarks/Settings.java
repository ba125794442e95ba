package dev.irstd.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What to measure.
 *
 * @param benchmarks the folder of the module
 * @param quick only whether everything runs, on a tiny image; the figures mean nothing
 * @param rounds JVMs for each figure
 * @param otherModels embedded models besides the peers' one, and files
 */
record Settings(Path benchmarks, boolean quick, int rounds, List<String> otherModels) {
    static final String USAGE =
            """
            usage: benchmarks/performance [--quick] [--rounds N] [--model FILE]...
              --quick       try everything in two minutes; writes benchmarks/target/performance alone
              --rounds N    JVMs for each figure, by default 3
              --model FILE  measure this ONNX file too, which must carry a manifest
            """;

    private static final List<Size> SIZES =
            List.of(new Size(256, 256), new Size(640, 512), new Size(1280, 1024), new Size(1920, 1080));
    private static final List<Size> TINY = List.of(new Size(64, 64));
    private static final int SMALL = 2;

    /** Reads the folder and then the command line. */
    static Settings of(String... arguments) {
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        Path benchmarks = Path.of(rest.next());
        boolean quick = false;
        int rounds = 0;
        List<String> models = new ArrayList<>(MeasuredModel.embedded());
        models.remove(MeasuredModel.RRCANET_18);
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("--quick")) {
                quick = true;
            } else if (option.equals("--rounds") && rest.hasNext()) {
                rounds = Integer.parseInt(rest.next());
            } else if (option.equals("--model") && rest.hasNext()) {
                models.add(rest.next());
            } else {
                throw new IllegalArgumentException(option + "\n" + USAGE);
            }
        }
        return new Settings(benchmarks, quick, rounds > 0 ? rounds : quick ? 1 : 3, models);
    }

    List<Size> sizes() {
        return quick ? TINY : SIZES;
    }

    List<Size> smallSizes() {
        return sizes().subList(0, Math.min(SMALL, sizes().size()));
    }

    List<Size> sizes(Program.Extent extent) {
        return extent == Program.Extent.EVERY_SIZE ? sizes() : smallSizes();
    }

    /** Where batches are measured. */
    Size batchSize() {
        return sizes().get(0);
    }

    /** Where the parts of pre- and postprocessing are. */
    Size stageSize() {
        return smallSizes().get(smallSizes().size() - 1);
    }

    /** How long a JVM warms up and measures, as JMH's arguments. */
    List<String> times() {
        return quick
                ? List.of("-wi", "1", "-w", "50ms", "-i", "1", "-r", "100ms")
                : List.of("-wi", "1", "-w", "1s", "-i", "3", "-r", "1s");
    }

    /** The same in words. */
    String timesInWords() {
        return quick
                ? "warmed up for 50 ms, measured for 100 ms"
                : "warmed up for 1 s, measured for 3 s or three images";
    }

    /** Where logs, JMH's results and a trial page go. */
    Path workplace() {
        return benchmarks.resolve("target/performance");
    }

    /** The page and, beside each other, the time of each fork. */
    Path page() {
        return quick ? workplace().resolve("performance.md") : benchmarks.resolve("../docs/performance.md");
    }

    Path forks() {
        return (quick ? workplace() : benchmarks.resolve("results")).resolve("forks.csv");
    }
}
