package dev.irstd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PerformancePageTest {
    @Test
    void replacesWhatStandsBetweenTheMarkersOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/performance.md"));
        String once = PerformancePage.between(page, "a table\n");
        assertThat(once).startsWith("# Performance\n").contains("a table\n", "## How to read it");
        assertThat(PerformancePage.between(once, "a table\n")).isEqualTo(once);
        assertThat(PerformancePage.between(once, "another\n")).doesNotContain("a table");
    }

    @Test
    void hasARowForEveryProgramThatAgreesAndNoneForTheOthers() throws IOException {
        List<Program> programs = List.of(Program.IRSTD, Program.SESSION, Program.ONNX_RUNTIME, Program.PYTORCH);
        Settings settings = new Settings(Path.of("").toAbsolutePath(), true, 1, List.of("other.onnx"));
        List<Fork> forks = Plan.round(settings, programs).stream()
                .flatMap(PerformancePageTest::forks)
                .toList();
        Map<Program, Performance.Verdict> verdicts = new EnumMap<>(Program.class);
        verdicts.put(Program.ONNX_RUNTIME, new Performance.Verdict(1e-6, ""));
        verdicts.put(Program.PYTORCH, new Performance.Verdict(1e-6, ""));
        verdicts.put(Program.OPENCV, new Performance.Verdict(Double.POSITIVE_INFINITY, "no such node"));
        Map<Program, List<List<String>>> memory = Map.of(
                Program.IRSTD,
                List.of(List.of("jvm", "40", "41"), List.of("loaded", "90", "95"), List.of("64x64", "100", "105")));

        String text = new PerformancePage(settings, verdicts, new Figures(forks), memory, "0", Duration.ZERO).text();

        // All forks took 8 ms, so that every ratio is 1 and a product of 2 * 2048^3 makes 2147 GFLOP/s.
        assertThat(text)
                .contains("| arithmetic, 1 thread | 2147 GFLOP/s |")
                .contains("| 1 | **irstd**, image to targets | 8.00 | 0 % | 1.00 |")
                .contains("| 2 | its network alone | 8.00 | 0 % | 1.00 |")
                .contains("| 64x64 | 1 | 1.00 | 2.00 | 3.00 |")
                .contains("| 4 | 2.00 | 2.00 |")
                .contains("| other.onnx | 64x64 | 2 | 8.00 | 8.00 |")
                .contains("| **irstd**, image to targets | 40 | +50 | +60 | 105 |")
                .containsPattern("PyTorch [0-9.]+, eager \\| 1.0e-06 ")
                .containsPattern("OpenCV [0-9.]+ dnn \\| not measured, no such node ")
                .doesNotContainPattern("OpenCV [0-9.]+ dnn \\| [0-9]");
    }

    /** What JMH would measure: one fork for each combination of values. */
    private static Stream<Fork> forks(Plan plan) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, String> parameter : plan.parameters().entrySet()) {
            combinations = combinations.stream()
                    .flatMap(some -> Arrays.stream(parameter.getValue().split(","))
                            .map(value -> with(some, parameter.getKey(), value)))
                    .toList();
        }
        Map<String, Double> stages =
                Map.of("detections", 2.0, "preprocessingNanos", 2e6, "inferenceNanos", 4e6, "postprocessingNanos", 6e6);
        List<String> benchmarks = plan.include().matches(".*\\(.*\\)")
                ? Arrays.stream(plan.include().replaceAll(".*\\(|\\)", "").split("\\|"))
                        .map(method -> plan.include().replaceAll("\\(.*", method))
                        .toList()
                : List.of(plan.include());
        return combinations.stream()
                .map(parameters -> parameters.containsKey("model") || parameters.containsKey("peer")
                        ? parameters
                        : with(parameters, "model", MeasuredModel.RRCANET_18))
                .flatMap(parameters ->
                        benchmarks.stream().map(benchmark -> new Fork(1, benchmark, parameters, 8, 1000, stages)));
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return all;
    }

    @Test
    void refusesAPageWithoutMarkers() {
        assertThatIllegalArgumentException().isThrownBy(() -> PerformancePage.between("# Performance\n", ""));
    }
}
