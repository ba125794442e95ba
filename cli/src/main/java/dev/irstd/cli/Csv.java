package dev.irstd.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of comma-separated values as RFC 4180 has them, but with a line feed as line end. */
final class Csv {
    private Csv() {}

    static String line(Object... values) {
        return Arrays.stream(values).map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(Object value) {
        String text = value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
