package dev.irstd.benchmarks;

import java.util.List;
import java.util.Locale;

/** Numbers and tables as text. */
final class Texts {
    private Texts() {}

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Three digits. */
    static String number(double value) {
        return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    static String percent(double share) {
        return format("%.0f %%", 100 * share);
    }

    static String table(List<String> header, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(line(header));
        table.append("|---".repeat(header.size())).append("|\n");
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
