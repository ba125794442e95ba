package dev.irstd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures this library and its peers and writes docs/performance.md; {@code benchmarks/performance} starts it.
 *
 * <p>First, who does not agree on the scores is left out. Then come rounds: each runs everything once, every program in a fresh JVM with
 * its own class path, forwards and backwards in turn, so that a machine that grows slower does so for all. Last comes
 * memory.
 */
final class Performance {
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-Djava.awt.headless=true",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dai.djl.offline=true");
    /** Of the JVMs whose memory counts: a heap that gives back what it does not need. */
    private static final List<String> SMALL_HEAP =
            List.of("-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    /**
     * Whether a peer may be measured.
     *
     * @param largest difference of one of its scores from irstd's
     * @param failure why it gave none, empty if it did
     */
    record Verdict(double largest, String failure) {
        boolean agrees() {
            return largest <= Agreement.LIMIT;
        }

        String text() {
            return failure.isEmpty()
                    ? Texts.format("%.1e%s", largest, agrees() ? "" : ", too much: not measured")
                    : "not measured, " + failure;
        }
    }

    private final Settings settings;
    private final Instant start = Instant.now();

    private Performance(Settings settings) {
        this.settings = settings;
    }

    /**
     * Measures.
     *
     * @param arguments the folder {@code benchmarks}, then {@link Settings#USAGE}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings;
        try {
            settings = Settings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.print("performance: " + e.getMessage());
            System.exit(2);
            return;
        }
        new Performance(settings).run();
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(settings.workplace());
        String loadBefore = Machine.load();
        Map<Program, Verdict> verdicts = verdicts();
        List<Program> programs = Arrays.stream(Program.values())
                .filter(program ->
                        program.peer().isEmpty() || verdicts.get(program).agrees())
                .toList();
        List<Fork> forks = new ArrayList<>();
        Instant rounds = Instant.now();
        for (int round = 1; round <= settings.rounds(); round++) {
            forks.addAll(round(round, programs));
        }
        Duration measured = Duration.between(rounds, Instant.now());
        Map<Program, List<List<String>>> memory = memory(programs);
        writeForks(forks);
        PerformancePage page =
                new PerformancePage(settings, verdicts, new Figures(forks), memory, loadBefore, measured);
        page.write();
        say("wrote " + settings.page().normalize() + " and " + settings.forks().normalize());
    }

    /** Asks each peer for the scores of each size. */
    private Map<Program, Verdict> verdicts() throws IOException, InterruptedException {
        Map<Program, Verdict> verdicts = new EnumMap<>(Program.class);
        for (Program program : Program.values()) {
            if (!program.peer().isEmpty()) {
                Verdict verdict = verdict(program);
                say(program.peer() + ": " + verdict.text());
                verdicts.put(program, verdict);
            }
        }
        for (Program program : List.of(Program.IRSTD, Program.ONNX_RUNTIME)) {
            if (!verdicts.get(program).agrees()) {
                throw new IllegalStateException(
                        program.peer() + ": " + verdicts.get(program).text()
                                + "; is rrcanet18-plain.onnx of the weights that irstd-models embeds?");
            }
        }
        return verdicts;
    }

    private Verdict verdict(Program program) throws IOException, InterruptedException {
        List<Size> sizes = settings.sizes(program.extent());
        List<String> command = new ArrayList<>(
                List.of(Agreement.class.getName(), settings.workplace().toString(), program.peer(), "2"));
        sizes.forEach(size -> command.add(size.toString()));
        try {
            List<List<String>> lines = run("agreement-" + program.peer(), program.classPath(), List.of(), command);
            double largest = lines.stream()
                    .mapToDouble(line -> Double.parseDouble(line.get(1)))
                    .max()
                    .orElseThrow();
            return new Verdict(largest, "");
        } catch (IllegalStateException e) {
            return new Verdict(Double.POSITIVE_INFINITY, error(program));
        }
    }

    private String error(Program program) throws IOException {
        String start = "Exception in thread \"main\" ";
        try (Stream<String> lines = Files.lines(settings.workplace().resolve("agreement-" + program.peer() + ".log"))) {
            return lines.filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(line -> line.substring(start.length()).replace("|", "/"))
                    .orElse("it crashed");
        }
    }

    private List<Fork> round(int round, List<Program> programs) throws IOException, InterruptedException {
        List<Plan> plans = new ArrayList<>(Plan.round(settings, programs));
        if (round % 2 == 0) {
            Collections.reverse(plans);
        }
        List<Fork> forks = new ArrayList<>();
        for (Plan plan : plans) {
            String name = "round-" + round + "-" + plan.title().replace(' ', '-');
            Path json = settings.workplace().resolve(name + ".json");
            Files.deleteIfExists(json);
            List<String> command = new ArrayList<>(List.of("org.openjdk.jmh.Main"));
            command.addAll(plan.arguments());
            command.addAll(settings.times());
            command.addAll(List.of("-f", "1", "-prof", "gc", "-foe", "true", "-rf", "json", "-rff", json.toString()));
            run(name, plan.classPath(), List.of(), command);
            List<Fork> measured = Fork.read(json, round);
            measured.forEach(fork -> say("round " + round + "  " + fork.toCsv()));
            forks.addAll(measured);
        }
        return forks;
    }

    private Map<Program, List<List<String>>> memory(List<Program> programs) throws IOException, InterruptedException {
        Map<Program, List<List<String>>> memory = new EnumMap<>(Program.class);
        for (Program program : programs) {
            if (!program.peer().isEmpty()) {
                List<String> command = new ArrayList<>(List.of(Memory.class.getName(), program.peer(), "1"));
                settings.sizes(program.extent()).forEach(size -> command.add(size.toString()));
                say(program.peer() + ": memory");
                memory.put(program, run("memory-" + program.peer(), program.classPath(), SMALL_HEAP, command));
            }
        }
        return memory;
    }

    /** Runs a main class in a JVM of its own and returns the fields of each line it prints. */
    private List<List<String>> run(String name, ClassPath classPath, List<String> flags, List<String> mainAndArguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath.of(settings.benchmarks())));
        command.addAll(mainAndArguments);
        Path output = settings.workplace().resolve(name + ".out");
        Path log = settings.workplace().resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OPT_OUT_TRACKING", "true");
        builder.environment()
                .put("DJL_CACHE_DIR", settings.workplace().resolve("djl").toString());
        int status = builder.redirectOutput(output.toFile())
                .redirectError(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " ended with status " + status + ": see " + output + " and " + log);
        }
        try (Stream<String> lines = Files.lines(output)) {
            return lines.map(line -> List.of(line.split("\t"))).toList();
        }
    }

    private void writeForks(List<Fork> forks) throws IOException {
        List<String> lines = new ArrayList<>(List.of("round,benchmark,parameters,milliseconds,allocated bytes"));
        forks.forEach(fork -> lines.add(fork.toCsv()));
        Files.createDirectories(settings.forks().getParent());
        Files.write(settings.forks(), lines);
    }

    private void say(String text) {
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        System.out.println(Texts.format("%3d:%02d  %s", seconds / 60, seconds % 60, text));
    }
}
