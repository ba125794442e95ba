package dev.irstd.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A CSV file with lines that begin with their epoch. Lines of epochs that are trained again after a resume are dropped. */
record EpochLog(Path file, String header) {
    /** Keeps the lines of epochs up to {@code last}. */
    void truncate(int last) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> kept =
                lines.stream().skip(1).filter(line -> isUpTo(last, line)).toList();
        Files.write(file, List.of(header));
        Files.write(file, kept, StandardOpenOption.APPEND);
    }

    private static boolean isUpTo(int last, String line) {
        String epoch = line.substring(0, Math.max(line.indexOf(','), 0));
        // A line that was cut off when the process died is of an epoch that is trained again.
        return epoch.matches("\\d{1,9}") && Integer.parseInt(epoch) <= last;
    }

    void append(String line) throws IOException {
        Files.writeString(file, line + System.lineSeparator(), StandardOpenOption.APPEND);
    }
}
