package dev.irstd.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures were measured on (Linux). */
final class Machine {
    private static final List<String> VECTOR_FLAGS = List.of(
            "avx2", "fma", "avx512f", "avx512bw", "avx512_bf16", "avx512_vnni", "avx_vnni", "amx_tile", "asimd", "sve");

    private Machine() {}

    static List<List<String>> describe() {
        Path processor = Path.of("/proc/cpuinfo");
        List<String> flags = Arrays.asList(field(processor, "flags|Features").split(" "));
        return List.of(
                List.of("processor", field(processor, "model name|CPU part")),
                List.of("cores", Integer.toString(Runtime.getRuntime().availableProcessors())),
                List.of(
                        "vector units",
                        VECTOR_FLAGS.stream().filter(flags::contains).collect(Collectors.joining(", "))),
                List.of("memory", memory()),
                List.of(
                        "system",
                        field(Path.of("/etc/os-release"), "PRETTY_NAME").replace("\"", "") + ", Linux "
                                + System.getProperty("os.version")),
                List.of("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")));
    }

    private static String memory() {
        String kilobytes = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "unknown" : Texts.format("%.0f GB", Long.parseLong(kilobytes) / 1024.0 / 1024);
    }

    /** Running and waiting tasks, averaged over 1, 5 and 15 minutes. */
    static String load() {
        try {
            String[] values = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return String.join(", ", Arrays.asList(values).subList(0, 3));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Path file, String names) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.matches("(" + names + ")\\s*[:=].*"))
                    .findFirst()
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", ""))
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
