package dev.irstd.training;

import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file with lines that begin with their epoch. Lines of epochs that are trained again after a resume are dropped. */
record EpochLog(Path file, String header) {
    /** Keeps the lines of epochs up to {@code last}. */
    void truncate(int last) throws IOException {
        write(kept(last));
    }

    /** Keeps the lines of earlier epochs, and adds one. */
    void append(int epoch, String values) throws IOException {
        List<String> lines = kept(epoch - 1);
        lines.add(epoch + "," + values);
        write(lines);
    }

    private List<String> kept(int last) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(header);
        if (Files.exists(file)) {
            lines().stream().skip(1).filter(line -> isUpTo(last, line)).forEach(lines::add);
        }
        return lines;
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8; move it away", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isUpTo(int last, String line) {
        String epoch = line.substring(0, Math.max(line.indexOf(','), 0));
        return epoch.matches("\\d{1,9}") && Integer.parseInt(epoch) <= last;
    }

    private void write(List<String> lines) throws IOException {
        WholeFile.writeText(file, String.join("\n", lines) + "\n");
    }
}
