package dev.irstd.cli;

import dev.irstd.metrics.TargetMetrics;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the best Pd within each Fa, over the logarithm of Fa: one curve a predictor, with a dot at its threshold. */
final class RocPlot {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
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
    private final LogAxis faAxis;
    private final PdAxis pdAxis;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();

    private RocPlot(List<Measured> all, TargetProtocol protocol) {
        this.all = all;
        this.protocol = protocol;
        List<RocPoints.Corner> corners = new ArrayList<>();
        for (Measured measured : all) {
            corners.addAll(RocPoints.best(measured.roc(), protocol));
            corners.add(atThreshold(measured));
        }
        this.faAxis = LogAxis.around(corners.stream().mapToDouble(RocPoints.Corner::fa));
        this.pdAxis = PdAxis.around(corners.stream()
                .mapToDouble(RocPoints.Corner::pd)
                .filter(Double::isFinite)
                .toArray());
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
        for (LogAxis.Tick tick : faAxis.ticks()) {
            int x = x(tick.value());
            graphics.setColor(GRID);
            graphics.drawLine(x, TOP, x, HEIGHT - BOTTOM);
            graphics.setColor(Color.BLACK);
            drawCentred(tick.toString(), x, HEIGHT - BOTTOM + 20);
        }
        String unit = Figure.countsComponents(protocol) ? "false alarms an image" : "share of the pixels";
        drawCentred("Fa (" + unit + "), " + protocol, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 45);
    }

    private void drawPdAxis() {
        pdAxis.tenths().forEach(tenth -> {
            int y = y(tenth / 10.0);
            graphics.setColor(GRID);
            graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
            graphics.setColor(Color.BLACK);
            graphics.drawString(String.format(Locale.ROOT, "%.1f", tenth / 10.0), LEFT - 30, y + 5);
        });
        graphics.drawString("Pd", LEFT - 60, (TOP + HEIGHT - BOTTOM) / 2);
    }

    /** In steps: between two thresholds nothing is known. */
    private void drawCurve(Measured measured) {
        Path2D curve = new Path2D.Double();
        int bottom = HEIGHT - BOTTOM;
        int y = bottom;
        for (RocPoints.Corner corner : RocPoints.best(measured.roc(), protocol)) {
            int x = x(corner.fa());
            if (curve.getCurrentPoint() == null) {
                curve.moveTo(x, bottom);
            }
            curve.lineTo(x, y);
            y = y(corner.pd());
            curve.lineTo(x, y);
        }
        if (curve.getCurrentPoint() != null) {
            curve.lineTo(WIDTH - RIGHT, y);
        }
        graphics.setStroke(new BasicStroke(2));
        graphics.draw(curve);
        RocPoints.Corner used = atThreshold(measured);
        if (Double.isFinite(used.pd())) {
            double left = x(used.fa()) - DOT / 2.0;
            double top = y(used.pd()) - DOT / 2.0;
            graphics.fill(new Ellipse2D.Double(left, top, DOT, DOT));
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
        return LEFT + (int) Math.round(faAxis.position(fa) * (WIDTH - LEFT - RIGHT));
    }

    private int y(double pd) {
        return HEIGHT - BOTTOM - (int) Math.round(pdAxis.position(pd) * (HEIGHT - TOP - BOTTOM));
    }

    private RocPoints.Corner atThreshold(Measured measured) {
        TargetMetrics targets = measured.total().targets(protocol);
        return new RocPoints.Corner(targets.fa(), targets.pd());
    }
}
