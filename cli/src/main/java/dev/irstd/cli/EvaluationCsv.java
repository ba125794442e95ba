package dev.irstd.cli;

import dev.irstd.metrics.FalseAlarm;
import dev.irstd.metrics.OperatingPoint;
import dev.irstd.metrics.PixelMetrics;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of an evaluation as comma-separated values. */
final class EvaluationCsv {
    private EvaluationCsv() {}

    /** One line an image; false alarms are components. */
    static String images(Measured measured, TargetProtocol protocol) {
        StringBuilder csv = new StringBuilder(
                Csv.line("id", "intersection", "union", "iou", "targets", "matched", "false_alarms", "false_pixels"));
        for (Measured.OfImage image : measured.images()) {
            PixelMetrics pixels = image.metrics().pixels();
            TargetMetrics targets = image.metrics().targets(protocol);
            csv.append(Csv.line(
                    image.id(),
                    pixels.truePositives(),
                    pixels.truePositives() + pixels.falsePositives() + pixels.falseNegatives(),
                    pixels.nIou(Figure.EMPTY_UNION),
                    targets.targets(),
                    targets.detectedTargets(),
                    targets.predictions() - targets.matchedPredictions(),
                    targets.falsePixels()));
        }
        return csv.toString();
    }

    /** One line a threshold; Fa in the protocol's unit, see {@link FalseAlarm}. */
    static String roc(List<OperatingPoint> points, List<TargetProtocol> protocols) {
        List<String> headings = new ArrayList<>(List.of("threshold", "precision", "recall", "iou"));
        for (TargetProtocol protocol : protocols) {
            String name = protocol.name().toLowerCase(Locale.ROOT);
            headings.addAll(List.of("pd_" + name, "fa_" + name));
        }
        StringBuilder csv = new StringBuilder(Csv.line(headings.toArray()));
        for (OperatingPoint point : points) {
            PixelMetrics pixels = point.metrics().pixels();
            List<Object> cells =
                    new ArrayList<>(List.of(point.threshold(), pixels.precision(), pixels.recall(), pixels.iou()));
            for (TargetProtocol protocol : protocols) {
                TargetMetrics targets = point.metrics().targets(protocol);
                cells.addAll(List.of(targets.pd(), targets.fa()));
            }
            csv.append(Csv.line(cells.toArray()));
        }
        return csv.toString();
    }
}
