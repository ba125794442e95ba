package dev.irstd.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** One line of CSV an epoch. Lines of epochs that are trained again after a resume are dropped. */
record TrainingLog(Path file) {
    private static final String HEADER = "epoch,learning_rate,loss,seconds";

    void truncate(int epochs) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of(HEADER);
        Files.write(file, lines.subList(0, Math.min(lines.size(), epochs + 1)));
    }

    void append(int epoch, double learningRate, double loss, double seconds) throws IOException {
        String line = String.format(Locale.ROOT, "%d,%.6g,%.6f,%.1f%n", epoch, learningRate, loss, seconds);
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }
}
