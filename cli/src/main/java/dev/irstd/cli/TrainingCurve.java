package dev.irstd.cli;

import dev.irstd.training.Validation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws how a training went: the loss over the epochs and, where there was a validation, mIoU and Pd on the same scale
 * from 0 to 1, or as far as the loss reaches.
 */
final class TrainingCurve {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 30;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color GRID = new Color(0xDDDDDD);

    /** One column of a log. */
    private record Curve(String name, Color colour, List<Point> points) {}

    private record Point(int epoch, double value) {}

    private final List<Curve> curves;
    private final int epochs;
    private final double highest;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();

    private TrainingCurve(List<Curve> curves) {
        this.curves = curves;
        epochs = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToInt(Point::epoch)
                .max()
                .orElse(1);
        double top = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Point::value)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        highest = Math.max(1, Math.ceil(5 * top) / 5);
    }

    /** Draws what the logs of a run folder hold. */
    static BufferedImage of(Path runFolder) throws IOException {
        Path log = runFolder.resolve("log.csv");
        Path validation = runFolder.resolve(Validation.FILE);
        List<Curve> curves = new ArrayList<>();
        curves.add(new Curve("loss", new Color(0x0072B2), column(log, "loss")));
        if (Files.exists(validation)) {
            curves.add(new Curve("validation mIoU", new Color(0xD55E00), column(validation, "miou")));
            curves.add(new Curve("validation Pd", new Color(0x009E73), column(validation, "pd")));
        }
        TrainingCurve drawing = new TrainingCurve(curves);
        drawing.draw();
        return drawing.image;
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

    private void draw() {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        drawAxes();
        graphics.setStroke(new BasicStroke(2));
        for (int i = 0; i < curves.size(); i++) {
            graphics.setColor(curves.get(i).colour());
            drawCurve(curves.get(i).points());
            graphics.drawString(curves.get(i).name(), WIDTH - RIGHT - 120, TOP + 20 * (i + 1));
        }
        graphics.dispose();
    }

    private void drawAxes() {
        int steps = (int) Math.round(5 * highest);
        int every = (steps + 14) / 15;
        for (int step = 0; step <= steps; step += every) {
            int y = y(step / 5.0);
            graphics.setColor(GRID);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            graphics.setColor(Color.BLACK);
            graphics.drawString(String.format(Locale.ROOT, "%.1f", step / 5.0), LEFT - 35, y + 5);
        }
        int stride = (epochs + 9) / 10;
        for (int epoch = stride; epoch <= epochs; epoch += stride) {
            graphics.drawString(Integer.toString(epoch), x(epoch) - 5, HEIGHT - BOTTOM + 20);
        }
        graphics.drawString("epoch", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 40);
    }

    private void drawCurve(List<Point> points) {
        Path2D path = new Path2D.Double();
        for (Point point : points) {
            // Pd and mIoU are undefined where a validation holds no target.
            if (Double.isFinite(point.value())) {
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x(point.epoch()), y(point.value()));
                }
                path.lineTo(x(point.epoch()), y(point.value()));
            }
        }
        graphics.draw(path);
    }

    private int x(int epoch) {
        return LEFT + (int) Math.round((WIDTH - LEFT - RIGHT) * (epoch - 1.0) / Math.max(epochs - 1, 1));
    }

    private int y(double value) {
        return HEIGHT - BOTTOM - (int) Math.round((HEIGHT - TOP - BOTTOM) * value / highest);
    }
}
