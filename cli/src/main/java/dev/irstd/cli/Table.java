package dev.irstd.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for people: the first column to the left, the others to the right, as wide as their texts. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines of the table, each with its end. */
    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
            for (int column = 1; column < widths.length; column++) {
                String cell = row.get(column);
                text.append(GAP)
                        .append(" ".repeat(widths[column] - cell.length()))
                        .append(cell);
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
