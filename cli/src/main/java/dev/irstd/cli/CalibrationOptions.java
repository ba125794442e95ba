package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.training.data.SirstDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The images that tell the ranges of activations to {@code --precision int8}. */
final class CalibrationOptions {
    @Option(
            names = "--calibrate",
            paramLabel = "FOLDER",
            required = true,
            description = "For --precision int8: dataset folder whose training split tells the ranges of activations. "
                    + DataOptions.LAYOUTS)
    Path folder = Path.of("");

    @Option(
            names = "--calibration-images",
            paramLabel = "N",
            defaultValue = "16",
            description = "Images to calibrate on, evenly over the list of the training split.")
    int number;

    @Option(
            names = "--without",
            paramLabel = "FILE",
            description = "Files of ids, one a line, to leave out of calibration (held-out images).")
    List<Path> without = List.of();

    /**
     * Reads the images.
     *
     * @throws IllegalArgumentException if none is wanted or left
     */
    List<InfraredImage> images() {
        if (number < 1) {
            throw new IllegalArgumentException("--calibration-images " + number + ": int8 takes 1 or more");
        }
        SirstDataset training = DataOptions.open(folder, DataOptions.TRAIN, without);
        int few = Math.min(number, training.size());
        return IntStream.range(0, few)
                .mapToObj(i ->
                        training.load((int) ((long) i * training.size() / few)).image())
                .toList();
    }
}
