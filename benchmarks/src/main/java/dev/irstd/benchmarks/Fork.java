package dev.irstd.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one JVM measured of one benchmark.
 *
 * @param round counted from 1
 * @param benchmark class and method, such as {@code DetectionBenchmark.detector}
 * @param parameters JMH's parameters
 * @param millis average time of an operation, in ms
 * @param allocated bytes of Java heap that an operation allocates
 * @param counters what the benchmark counted itself, summed over the measured iterations
 */
record Fork(
        int round,
        String benchmark,
        Map<String, String> parameters,
        double millis,
        double allocated,
        Map<String, Double> counters) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Reads a result file of JMH, of one fork a benchmark. */
    static List<Fork> read(Path json, int round) throws IOException {
        List<Fork> forks = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(json)) {
            for (JsonElement result : JsonParser.parseReader(reader).getAsJsonArray()) {
                forks.add(of(result.getAsJsonObject(), round));
            }
        }
        return forks;
    }

    private static Fork of(JsonObject result, int round) {
        String[] name = result.get("benchmark").getAsString().split("\\.");
        Map<String, String> parameters = new TreeMap<>();
        if (result.has("params")) {
            result.getAsJsonObject("params")
                    .entrySet()
                    .forEach(parameter -> parameters.put(
                            parameter.getKey(), parameter.getValue().getAsString()));
        }
        double allocated = 0;
        Map<String, Double> counters = new TreeMap<>();
        for (Map.Entry<String, JsonElement> metric :
                result.getAsJsonObject("secondaryMetrics").entrySet()) {
            JsonObject value = metric.getValue().getAsJsonObject();
            if (metric.getKey().equals(ALLOCATED)) {
                allocated = value.get("score").getAsDouble();
            } else if (!metric.getKey().startsWith("gc.")) {
                counters.put(metric.getKey(), sum(value.getAsJsonArray("rawData")));
            }
        }
        double millis = result.getAsJsonObject("primaryMetric").get("score").getAsDouble();
        return new Fork(
                round, name[name.length - 2] + "." + name[name.length - 1], parameters, millis, allocated, counters);
    }

    private static double sum(JsonArray forks) {
        double sum = 0;
        for (JsonElement fork : forks) {
            for (JsonElement iteration : fork.getAsJsonArray()) {
                sum += iteration.getAsDouble();
            }
        }
        return sum;
    }

    /** One line, without counters. */
    String toCsv() {
        return String.join(
                ",",
                Integer.toString(round),
                benchmark,
                parameters.toString().replaceAll("[{}]", "").replace(", ", " "),
                Texts.format("%.4f", millis),
                Texts.format("%.0f", allocated));
    }
}
