package dev.irstd.cli;

import dev.irstd.metrics.EmptyUnion;
import dev.irstd.metrics.FalseAlarm;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.OperatingPoint;
import dev.irstd.metrics.PixelMetrics;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import java.util.List;
import java.util.Locale;

/** The figures of an evaluation as a table for people or as comma-separated values. */
final class EvaluationReport {
    private EvaluationReport() {}

    static String figures(Metrics metrics) {
        PixelMetrics pixels = metrics.pixels();
        Table ofPixels = new Table("pixels", "mIoU", "nIoU", "precision", "recall", "F1")
                .row(
                        "all",
                        ratio(pixels.iou()),
                        ratio(pixels.nIou(EmptyUnion.ONE)),
                        ratio(pixels.precision()),
                        ratio(pixels.recall()),
                        ratio(pixels.f1()));
        Table ofTargets = new Table("targets", "Pd", "Fa x1e6", "matched/targets");
        for (TargetProtocol protocol : Measurement.PROTOCOLS) {
            TargetMetrics targets = metrics.targets(protocol);
            ofTargets.row(
                    protocol.toString(),
                    ratio(targets.pd()),
                    String.format(Locale.ROOT, "%.2f", targets.fa() * 1e6),
                    targets.detectedTargets() + "/" + targets.targets());
        }
        return ofPixels + System.lineSeparator() + ofTargets;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }

    /** One line an image; matches and false pixels by {@link TargetProtocol#MARKED}. */
    static String perImage(List<Measurement.OfImage> images) {
        StringBuilder csv =
                new StringBuilder(Csv.line("id", "intersection", "union", "targets", "matched", "false_pixels"));
        for (Measurement.OfImage image : images) {
            PixelMetrics pixels = image.metrics().pixels();
            TargetMetrics targets = image.metrics().targets(TargetProtocol.MARKED);
            csv.append(Csv.line(
                    image.id(),
                    pixels.truePositives(),
                    pixels.truePositives() + pixels.falsePositives() + pixels.falseNegatives(),
                    targets.targets(),
                    targets.detectedTargets(),
                    targets.falsePixels()));
        }
        return csv.toString();
    }

    /** One line a threshold; Fa as a share of the pixels, see {@link FalseAlarm}. */
    static String roc(List<OperatingPoint> points) {
        StringBuilder csv = new StringBuilder(Csv.line(
                "threshold",
                "pd_legacy_area",
                "fa_legacy_area",
                "pd_marked",
                "fa_marked",
                "precision",
                "recall",
                "iou"));
        for (OperatingPoint point : points) {
            TargetMetrics legacy = point.metrics().targets(TargetProtocol.LEGACY_AREA);
            TargetMetrics marked = point.metrics().targets(TargetProtocol.MARKED);
            PixelMetrics pixels = point.metrics().pixels();
            csv.append(Csv.line(
                    point.threshold(),
                    legacy.pd(),
                    legacy.fa(),
                    marked.pd(),
                    marked.fa(),
                    pixels.precision(),
                    pixels.recall(),
                    pixels.iou()));
        }
        return csv.toString();
    }
}
