package dev.irstd.cli;

import dev.irstd.training.Validation;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Draws how a training went: the loss over the epochs and, where there was a validation, mIoU and Pd on the same scale
 * from 0 to 1, or as far as the loss reaches.
 */
final class TrainingCurve {
    /** One column of a log. */
    private record Curve(String name, List<Point> points) {}

    private record Point(int epoch, double value) {}

    private final List<Curve> curves;
    private final int epochs;
    private final double highest;
    private final PlotCanvas canvas = new PlotCanvas(800, 420);

    private TrainingCurve(List<Curve> curves) {
        this.curves = curves;
        epochs = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToInt(Point::epoch)
                .max()
                .orElse(1);
        double top = values(curves).max().orElse(1);
        highest = Math.max(1, Math.ceil(5 * top) / 5);
    }

    private static DoubleStream values(List<Curve> curves) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Point::value)
                .filter(Double::isFinite);
    }

    /** Draws what the logs of a run folder hold. */
    static BufferedImage of(Path runFolder) throws IOException {
        Path log = runFolder.resolve("log.csv");
        Path validation = runFolder.resolve(Validation.FILE);
        List<Curve> curves = new ArrayList<>();
        curves.add(new Curve("loss", column(log, "loss")));
        if (Files.exists(validation)) {
            curves.add(new Curve("validation mIoU", column(validation, "miou")));
            curves.add(new Curve("validation Pd", column(validation, "pd")));
        }
        return new TrainingCurve(curves).draw();
    }

    private static List<Point> column(Path csv, String name) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        int column = List.of(lines.get(0).split(",")).indexOf(name);
        return lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(values -> new Point(Integer.parseInt(values[0]), Double.parseDouble(values[column])))
                .toList();
    }

    private BufferedImage draw() {
        int steps = (int) Math.round(5 * highest);
        int every = (steps + 14) / 15;
        for (int step = 0; step <= steps; step += every) {
            canvas.tickLeft(step / 5.0 / highest, String.format(Locale.ROOT, "%.1f", step / 5.0));
        }
        int stride = (epochs + 9) / 10;
        for (int epoch = stride; epoch <= epochs; epoch += stride) {
            canvas.tickBelow(along(epoch), Integer.toString(epoch));
        }
        canvas.titleBelow("epoch");
        for (int i = 0; i < curves.size(); i++) {
            canvas.graphics().setColor(PlotCanvas.colour(i));
            drawCurve(curves.get(i).points());
        }
        canvas.legend(curves.stream().map(Curve::name).toList(), canvas.y(1) + 20);
        return canvas.image();
    }

    private void drawCurve(List<Point> points) {
        Path2D path = new Path2D.Double();
        for (Point point : points) {
            // Pd and mIoU are undefined where a validation holds no target.
            if (Double.isFinite(point.value())) {
                int x = canvas.x(along(point.epoch()));
                int y = canvas.y(point.value() / highest);
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x, y);
                }
                path.lineTo(x, y);
            }
        }
        canvas.graphics().draw(path);
    }

    private double along(int epoch) {
        return (epoch - 1.0) / Math.max(epochs - 1, 1);
    }
}
