package dev.irstd.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Benchmarks that one start of JMH runs.
 *
 * @param title what the log calls it
 * @param classPath the libraries
 * @param include regular expression of the benchmarks
 * @param parameters values of JMH's parameters, separated by commas
 */
record Plan(String title, ClassPath classPath, String include, Map<String, String> parameters) {
    private static final String BOTH = "1,2";

    /** One round of everything, programs that are compared next to each other. */
    static List<Plan> round(Settings settings, List<Program> programs) {
        List<Plan> plans = new ArrayList<>();
        plans.add(new Plan("arithmetic", ClassPath.OWN, "ArithmeticBenchmark.product", Map.of("threads", BOTH)));
        for (Size size : settings.sizes()) {
            for (Program program : programs) {
                if (settings.sizes(program.extent()).contains(size)) {
                    Map<String, String> parameters = program.parameters(size);
                    parameters.put("threads", BOTH);
                    String title = program + " " + size;
                    plans.add(new Plan(title, program.classPath(), program.benchmark(), parameters));
                }
            }
        }
        plans.add(new Plan(
                "batches",
                ClassPath.OWN,
                Program.SESSION.benchmark(),
                Map.of("size", settings.batchSize().toString(), "batch", "4,8", "threads", BOTH)));
        plans.add(new Plan(
                "stages",
                ClassPath.OWN,
                "DetectionBenchmark.(samples|mask)",
                Map.of("size", settings.stageSize().toString(), "threads", "1")));
        if (!settings.otherModels().isEmpty()) {
            String models = String.join(",", settings.otherModels());
            String sizes = String.join(
                    ",", settings.smallSizes().stream().map(Size::toString).toList());
            plans.add(new Plan(
                    "other models",
                    ClassPath.OWN,
                    "DetectionBenchmark.(detector|session)",
                    Map.of("model", models, "size", sizes, "threads", BOTH)));
        }
        return plans;
    }

    /** JMH's arguments. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(include + "$"));
        parameters.forEach((name, values) -> arguments.addAll(List.of("-p", name + "=" + values)));
        return arguments;
    }
}
