package dev.irstd.cli;

import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.OperatingPoint;
import dev.irstd.metrics.TargetProtocol;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws Pd over the logarithm of Fa, one curve a predictor, with a dot at its threshold. */
final class RocPlot {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 20;
    private static final int BOTTOM = 60;
    private static final int DOT = 8;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color GRID = new Color(0xDDDDDD);
    /** Told apart by colour-blind readers too (Okabe and Ito). */
    private static final List<Color> CURVES = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9));

    private final List<Measured> all;
    private final TargetProtocol protocol;
    private final LogAxis axis;
    private final double highestPd;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();

    private RocPlot(List<Measured> all, TargetProtocol protocol) {
        this.all = all;
        this.protocol = protocol;
        this.axis = LogAxis.around(
                all.stream().flatMap(measured -> measured.roc().stream()).mapToDouble(point -> fa(point.metrics())));
        // Above 1 only where fragments of a target count as several detections.
        this.highestPd = all.stream()
                .flatMap(measured -> measured.roc().stream())
                .mapToDouble(point -> pd(point.metrics()))
                .filter(Double::isFinite)
                .reduce(1, Math::max);
    }

    static BufferedImage of(List<Measured> all, TargetProtocol protocol) {
        RocPlot plot = new RocPlot(all, protocol);
        plot.draw();
        return plot.image;
    }

    private void draw() {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        drawFaAxis();
        drawPdAxis();
        for (int i = 0; i < all.size(); i++) {
            graphics.setColor(CURVES.get(i % CURVES.size()));
            drawCurve(all.get(i));
        }
        drawLegend();
        graphics.dispose();
    }

    private void drawFaAxis() {
        axis.exponents().forEach(exponent -> {
            int x = x(Math.pow(10, exponent));
            graphics.setColor(GRID);
            graphics.drawLine(x, TOP, x, HEIGHT - BOTTOM);
            graphics.setColor(Color.BLACK);
            drawCentred("1e" + exponent, x, HEIGHT - BOTTOM + 20);
        });
        String unit = Figure.countsComponents(protocol) ? "false alarms an image" : "share of the pixels";
        drawCentred("Fa (" + unit + "), " + protocol, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 45);
    }

    private void drawPdAxis() {
        for (int tenth = 0; tenth <= 10 * highestPd + 1e-9; tenth++) {
            int y = y(tenth / 10.0);
            graphics.setColor(GRID);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            graphics.setColor(Color.BLACK);
            graphics.drawString(String.format(Locale.ROOT, "%.1f", tenth / 10.0), LEFT - 30, y + 5);
        }
        graphics.drawString("Pd", LEFT - 60, (TOP + HEIGHT - BOTTOM) / 2);
    }

    private void drawCurve(Measured measured) {
        List<OperatingPoint> falling = measured.roc().stream()
                .filter(point -> Double.isFinite(pd(point.metrics())))
                .sorted(Comparator.comparing(OperatingPoint::threshold).reversed())
                .toList();
        Path2D curve = new Path2D.Double();
        for (OperatingPoint point : falling) {
            int x = x(fa(point.metrics()));
            int y = y(pd(point.metrics()));
            if (curve.getCurrentPoint() == null) {
                curve.moveTo(x, y);
            } else {
                curve.lineTo(x, y);
            }
        }
        graphics.setStroke(new BasicStroke(2));
        graphics.draw(curve);
        if (Double.isFinite(pd(measured.total()))) {
            double x = x(fa(measured.total()));
            double y = y(pd(measured.total()));
            graphics.fill(new Ellipse2D.Double(x - DOT / 2.0, y - DOT / 2.0, DOT, DOT));
        }
    }

    /** At the lower right, where no good curve runs. */
    private void drawLegend() {
        FontMetrics metrics = graphics.getFontMetrics();
        List<String> entries = all.stream()
                .map(Measured::subject)
                .map(subject -> subject.name() + " (dot: threshold " + subject.threshold() + ")")
                .toList();
        int width = entries.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        int x = WIDTH - RIGHT - 20 - width;
        for (int i = 0; i < entries.size(); i++) {
            int y = HEIGHT - BOTTOM - 20 - 20 * (entries.size() - 1 - i);
            graphics.setColor(CURVES.get(i % CURVES.size()));
            graphics.drawLine(x - 30, y - 5, x - 8, y - 5);
            graphics.setColor(Color.BLACK);
            graphics.drawString(entries.get(i), x, y);
        }
    }

    private void drawCentred(String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    private int x(double fa) {
        return LEFT + (int) Math.round(axis.position(fa) * (WIDTH - LEFT - RIGHT));
    }

    private int y(double pd) {
        return HEIGHT - BOTTOM - (int) Math.round(pd / highestPd * (HEIGHT - TOP - BOTTOM));
    }

    private double pd(Metrics metrics) {
        return metrics.targets(protocol).pd();
    }

    private double fa(Metrics metrics) {
        return metrics.targets(protocol).fa();
    }
}
