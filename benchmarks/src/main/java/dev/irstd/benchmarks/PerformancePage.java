package dev.irstd.benchmarks;

import dev.irstd.Geometry;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.RRCANet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes figures into docs/performance.md, between its markers. */
final class PerformancePage {
    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->\n";
    private static final int[] THREADS = {1, 2};
    private static final int ORDER = 2048;
    private static final String NONE = "";

    private final Settings settings;
    private final Map<Program, Performance.Verdict> verdicts;
    private final Figures figures;
    private final Map<Program, List<List<String>>> memory;
    private final String load;
    private final Duration measured;

    PerformancePage(
            Settings settings,
            Map<Program, Performance.Verdict> verdicts,
            Figures figures,
            Map<Program, List<List<String>>> memory,
            String load,
            Duration measured) {
        this.settings = settings;
        this.verdicts = verdicts;
        this.figures = figures;
        this.memory = memory;
        this.load = load;
        this.measured = measured;
    }

    void write() throws IOException {
        String page = Files.readString(settings.benchmarks().resolve("../docs/performance.md"));
        Files.writeString(settings.page(), between(page, text()));
    }

    /** Replaces what stands between the markers. */
    static String between(String page, String text) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page lacks the lines " + BEGIN + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + page.substring(end);
    }

    /** What goes between the markers. */
    String text() throws IOException {
        StringBuilder text = new StringBuilder(machine());
        text.append("\n## Time\n");
        for (Size size : settings.sizes()) {
            text.append("\n### ")
                    .append(size.width())
                    .append(" x ")
                    .append(size.height())
                    .append("\n\n");
            text.append(times(size));
        }
        text.append("\n## Where a detection's time goes\n\n").append(stages());
        text.append("\n## Image area\n\n").append(areas());
        text.append("\n## Batches\n\n").append(batches());
        if (!settings.otherModels().isEmpty()) {
            text.append("\n## Other models\n\n").append(otherModels());
        }
        text.append("\n## Memory\n\n").append(memory());
        text.append("\n## Agreement\n\n").append(agreement());
        return text.toString();
    }

    private String machine() throws IOException {
        List<List<String>> rows = new ArrayList<>(Machine.describe());
        for (int threads : THREADS) {
            double gigaflops = 2 * multiplicationsPerMilli(threads) / 1e6;
            rows.add(List.of("arithmetic, " + threads(threads), Texts.format("%.0f GFLOP/s", gigaflops)));
        }
        rows.add(List.of(
                "measured",
                LocalDate.now() + ", " + commit() + ", in " + measured.toMinutes() + " minutes; load before: " + load));
        rows.add(List.of("each figure", settings.rounds() + " JVMs, each " + settings.timesInWords()));
        return Texts.table(List.of("", NONE), rows);
    }

    private String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .directory(settings.benchmarks().toFile())
                .start();
        return "commit " + new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String threads(int threads) {
        return threads + (threads == 1 ? " thread" : " threads");
    }

    private double multiplicationsPerMilli(int threads) {
        Map<String, String> parameters = Map.of("threads", Integer.toString(threads));
        return ArithmeticBenchmark.multiplications(ORDER)
                / figures.millis("ArithmeticBenchmark.product", parameters)
                        .orElseThrow()
                        .median();
    }

    private static long multiplications(Size size) {
        Network network = RRCANet.rrcanet18();
        int multiple = ((Geometry.PadToMultiple) network.geometry()).multiple();
        int width = NetworkInput.padded(size.width(), multiple);
        int height = NetworkInput.padded(size.height(), multiple);
        return NetworkSummary.of(network, width, height).macs();
    }

    private static Map<String, String> with(Map<String, String> parameters, int threads) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("threads", Integer.toString(threads));
        return all;
    }

    private Optional<Figures.Figure> millis(Program program, Size size, int threads) {
        return figures.millis(program.benchmark(), with(program.parameters(size), threads));
    }

    private String times(Size size) {
        List<List<String>> rows = new ArrayList<>();
        for (int threads : THREADS) {
            double floor = multiplications(size) / multiplicationsPerMilli(threads);
            for (Program program : Program.values()) {
                millis(program, size, threads).ifPresent(time -> {
                    double heap = figures.allocated(program.benchmark(), with(program.parameters(size), threads))
                            .orElseThrow()
                            .median();
                    rows.add(List.of(
                            Integer.toString(threads),
                            program.title(settings.benchmarks()),
                            Texts.number(time.median()),
                            Texts.percent(time.spread()),
                            ratio(time, millis(Program.ONNX_RUNTIME, size, threads)),
                            ratio(time, millis(Program.DJL_ONNX_RUNTIME, size, threads)),
                            Texts.number(time.median() / floor),
                            Texts.number(heap / 1e6)));
                });
            }
        }
        return Texts.format("%.2f GMAC.%n%n", multiplications(size) / 1e9)
                + Texts.table(
                        List.of(
                                "threads",
                                "program",
                                "ms",
                                "spread",
                                "/ ONNX Runtime",
                                "/ DJL",
                                "/ floor",
                                "heap, MB an image"),
                        rows);
    }

    private static String ratio(Figures.Figure time, Optional<Figures.Figure> other) {
        return other.map(base -> Texts.number(time.median() / base.median())).orElse(NONE);
    }

    private String stages() {
        List<List<String>> rows = new ArrayList<>();
        for (Size size : settings.sizes()) {
            for (int threads : THREADS) {
                rows.add(List.of(
                        size.toString(),
                        Integer.toString(threads),
                        stage("preprocessingNanos", size, threads),
                        stage("inferenceNanos", size, threads),
                        stage("postprocessingNanos", size, threads)));
            }
        }
        Map<String, String> parameters =
                Map.of("size", settings.stageSize().toString(), "model", MeasuredModel.RRCANET_18);
        return Texts.table(
                        List.of("size", "threads", "image to input, ms", "network, ms", "output to targets, ms"), rows)
                + "\nOf that, at " + settings.stageSize() + ", reading the image's samples takes "
                + part("DetectionBenchmark.samples", parameters) + " ms and making the mask of the scores "
                + part("DetectionBenchmark.mask", parameters) + " ms.\n";
    }

    private String stage(String counter, Size size, int threads) {
        Map<String, String> parameters = with(Program.IRSTD.parameters(size), threads);
        double nanos = figures.counted(counter, "detections", Program.IRSTD.benchmark(), parameters)
                .orElseThrow()
                .median();
        return Texts.number(nanos / 1e6);
    }

    private String part(String benchmark, Map<String, String> parameters) {
        return Texts.format(
                "%.3f", figures.millis(benchmark, parameters).orElseThrow().median());
    }

    private String areas() {
        List<List<String>> rows = new ArrayList<>();
        for (Size size : settings.sizes()) {
            double one = millis(Program.IRSTD, size, 1).orElseThrow().median();
            double two = millis(Program.IRSTD, size, 2).orElseThrow().median();
            rows.add(List.of(
                    size.toString(),
                    Texts.number(one),
                    Texts.number(one * 1e6 / size.pixels()),
                    Texts.number(two),
                    Texts.number(two * 1e6 / size.pixels()),
                    Texts.number(one / two)));
        }
        return Texts.table(
                List.of("size", "1 thread, ms", "ns a pixel", "2 threads, ms", "ns a pixel", "faster by 2 threads"),
                rows);
    }

    private String batches() {
        Size size = settings.batchSize();
        List<List<String>> rows = new ArrayList<>();
        for (int batch : new int[] {1, 4, 8}) {
            Map<String, String> parameters = Map.of(
                    "size", size.toString(), "batch", Integer.toString(batch), "model", MeasuredModel.RRCANET_18);
            List<String> row = new ArrayList<>(List.of(Integer.toString(batch)));
            for (int threads : THREADS) {
                Figures.Figure time = figures.millis(Program.SESSION.benchmark(), with(parameters, threads))
                        .orElseThrow();
                row.add(Texts.number(time.median() / batch));
            }
            rows.add(row);
        }
        return "The network alone, at " + size + ".\n\n"
                + Texts.table(List.of("images at once", "1 thread, ms an image", "2 threads, ms an image"), rows);
    }

    private String otherModels() {
        List<List<String>> rows = new ArrayList<>();
        for (String model : settings.otherModels()) {
            for (Size size : settings.smallSizes()) {
                for (int threads : THREADS) {
                    Map<String, String> parameters = with(Map.of("model", model, "size", size.toString()), threads);
                    rows.add(List.of(
                            Path.of(model).getFileName().toString(),
                            size.toString(),
                            Integer.toString(threads),
                            otherModel(Program.IRSTD, parameters),
                            otherModel(Program.SESSION, parameters)));
                }
            }
        }
        return Texts.table(List.of("model", "size", "threads", "image to targets, ms", "network alone, ms"), rows);
    }

    private String otherModel(Program program, Map<String, String> parameters) {
        return Texts.number(
                figures.millis(program.benchmark(), parameters).orElseThrow().median());
    }

    private String memory() {
        List<String> header = new ArrayList<>(List.of("program", "JVM alone", "loaded"));
        settings.sizes().forEach(size -> header.add(size.toString()));
        header.add("highest");
        List<List<String>> rows = new ArrayList<>();
        memory.forEach((program, stages) -> {
            List<String> row = new ArrayList<>(List.of(program.title(settings.benchmarks())));
            int alone = Integer.parseInt(stages.get(0).get(1));
            row.add(Integer.toString(alone));
            stages.subList(1, stages.size()).forEach(stage -> row.add("+" + (Integer.parseInt(stage.get(1)) - alone)));
            while (row.size() < header.size() - 1) {
                row.add(NONE);
            }
            row.add(stages.get(stages.size() - 1).get(2));
            rows.add(row);
        });
        return "Resident memory in MB, 1 thread: of the JVM before it loads anything, what loading and then running at each size"
                + "\nadd to it, and the highest at any time.\n\n" + Texts.table(header, rows);
    }

    private String agreement() {
        List<List<String>> rows = new ArrayList<>();
        verdicts.forEach((program, verdict) -> {
            if (program != Program.IRSTD) {
                rows.add(List.of(program.title(settings.benchmarks()), verdict.text()));
            }
        });
        return Texts.table(List.of("program", "largest difference of a score from irstd's"), rows);
    }
}
