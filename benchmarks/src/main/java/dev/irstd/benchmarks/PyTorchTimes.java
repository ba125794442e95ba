package dev.irstd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Python's PyTorch measured of the same network on the same machine: the lines that {@code peer.py} writes. */
final class PyTorchTimes {
    private PyTorchTimes() {}

    /**
     * One figure.
     *
     * @param device {@link DeviceSession#CPU} or {@link DeviceSession#CUDA}
     * @param what how it ran
     * @param size of an image
     * @param batch images at once
     * @param millis median of a run
     */
    record Line(String device, String what, String size, int batch, double millis) {
        static Line of(String text) {
            String[] cells = text.split(";");
            return new Line(cells[0], cells[1], cells[2], Integer.parseInt(cells[3]), Double.parseDouble(cells[4]));
        }
    }

    /** The figures of one device and size; none if there is no such file. */
    static List<Line> read(Path file, String device, Size size) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(Line::of)
                .filter(line -> line.device().equals(device) && line.size().equals(size.toString()))
                .toList();
    }
}
