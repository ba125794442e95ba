package dev.irstd.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What NVIDIA's tool tells of the first GPU, where there is one. */
final class NvidiaSmi {
    private NvidiaSmi() {}

    static List<List<String>> describe() {
        return query("name,driver_version,compute_cap,memory.total")
                .map(line -> line.split("\\s*,\\s*", -1))
                .filter(values -> values.length == 4)
                .map(values -> List.of(
                        List.of("name", values[0]),
                        List.of("driver", values[1]),
                        List.of("compute capability", values[2]),
                        List.of("memory", values[3])))
                .orElse(List.of(List.of("name", "none that nvidia-smi knows")));
    }

    /** Memory that all processes of the GPU take together. */
    static Optional<Long> usedMebibytes() {
        return query("memory.used")
                .map(used -> used.replaceAll("\\D", ""))
                .filter(used -> !used.isEmpty())
                .map(Long::valueOf);
    }

    private static Optional<String> query(String fields) {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi", "--id=0", "--query-gpu=" + fields, "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
