package dev.irstd.training;

import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line of CSV an epoch. Lines of epochs that are trained again after a resume are dropped. */
record TrainingLog(Path file) {
    private static final String HEADER = "epoch,learning_rate,loss,seconds";

    /** Keeps the first epochs. */
    void truncate(int epochs) throws IOException {
        List<String> lines = Files.exists(file) ? lines() : List.of(HEADER);
        write(lines.subList(0, Math.min(lines.size(), epochs + 1)));
    }

    void append(int epoch, double learningRate, double loss, double seconds) throws IOException {
        String line = String.format(Locale.ROOT, "%d,%.6g,%.6f,%.1f", epoch, learningRate, loss, seconds);
        List<String> lines = new ArrayList<>(lines());
        lines.add(line);
        write(lines);
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8; move it away", e);
        }
    }

    private void write(List<String> lines) throws IOException {
        WholeFile.writeText(file, String.join("\n", lines) + "\n");
    }
}
