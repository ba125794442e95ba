package dev.irstd.cli;

import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the best Pd within each Fa, over the logarithm of Fa: one curve a predictor, with a dot at its threshold. */
final class RocPlot {
    private static final int DOT = 8;

    private final List<Measured> all;
    private final TargetProtocol protocol;
    private final LogAxis faAxis;
    private final PdAxis pdAxis;
    private final PlotCanvas canvas = new PlotCanvas(800, 520);

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
        return new RocPlot(all, protocol).draw();
    }

    private BufferedImage draw() {
        for (LogAxis.Tick tick : faAxis.ticks()) {
            canvas.tickBelow(faAxis.position(tick.value()), tick.toString());
        }
        pdAxis.tenths().mapToDouble(tenth -> tenth / 10.0).forEach(pd -> {
            canvas.tickLeft(pdAxis.position(pd), String.format(Locale.ROOT, "%.1f", pd));
        });
        String unit = Figure.countsComponents(protocol) ? "false alarms an image" : "share of the pixels";
        canvas.titleBelow("Fa (" + unit + "), " + protocol);
        canvas.titleLeft("Pd");
        for (int i = 0; i < all.size(); i++) {
            canvas.graphics().setColor(PlotCanvas.colour(i));
            drawCurve(all.get(i));
        }
        // At the lower right, where no good curve runs.
        canvas.legend(
                all.stream()
                        .map(Measured::subject)
                        .map(subject -> subject.name() + " (dot: threshold " + subject.threshold() + ")")
                        .toList(),
                canvas.y(0) - 20 - PlotCanvas.legendHeight(all.size()));
        return canvas.image();
    }

    /** In steps: between two thresholds nothing is known. */
    private void drawCurve(Measured measured) {
        Path2D curve = new Path2D.Double();
        int bottom = canvas.y(0);
        int y = bottom;
        for (RocPoints.Corner corner : RocPoints.best(measured.roc(), protocol)) {
            int x = canvas.x(faAxis.position(corner.fa()));
            if (curve.getCurrentPoint() == null) {
                curve.moveTo(x, bottom);
            }
            curve.lineTo(x, y);
            y = canvas.y(pdAxis.position(corner.pd()));
            curve.lineTo(x, y);
        }
        if (curve.getCurrentPoint() != null) {
            curve.lineTo(canvas.x(1), y);
        }
        canvas.graphics().draw(curve);
        RocPoints.Corner used = atThreshold(measured);
        if (Double.isFinite(used.pd())) {
            double left = canvas.x(faAxis.position(used.fa())) - DOT / 2.0;
            double top = canvas.y(pdAxis.position(used.pd())) - DOT / 2.0;
            canvas.graphics().fill(new Ellipse2D.Double(left, top, DOT, DOT));
        }
    }

    private RocPoints.Corner atThreshold(Measured measured) {
        TargetMetrics targets = measured.total().targets(protocol);
        return new RocPoints.Corner(targets.fa(), targets.pd());
    }
}
