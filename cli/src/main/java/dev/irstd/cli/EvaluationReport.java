package dev.irstd.cli;

import dev.irstd.metrics.Bootstrap;
import dev.irstd.metrics.Comparison;
import dev.irstd.metrics.Interval;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation for people: what was measured, and tables with a row a predictor. */
final class EvaluationReport {
    private static final String INTERVAL = "95 % interval";

    private EvaluationReport() {}

    static String heading(EvaluatedData data) {
        String without = data.without().isEmpty() ? "" : line("without", data.without());
        String scale = data.scale() == 1 ? "" : line("scale", data.scale());
        return line("data", data.folder() + ", split " + data.split()) + without + scale + line("date", data.date());
    }

    static String settings(Measured measured) {
        int images = measured.images().size();
        int failed = measured.failures().size();
        Measured.Times times = measured.times();
        return line(measured.subject().kind(), measured.subject().source())
                + line("images", failed == 0 ? images : images + " of " + (images + failed) + ", the others left out")
                + line("threshold", measured.subject().threshold())
                + line("device", measured.subject().device())
                + line(
                        "time",
                        String.format(
                                Locale.ROOT,
                                "%.1f ms an image (median); in all %.1f s predicting, %.1f s counting and curve,"
                                        + " %.1f s intervals",
                                measured.medianMilliseconds(),
                                seconds(times.predicting()),
                                seconds(times.counting()),
                                seconds(times.resampling())));
    }

    private static String line(String what, Object value) {
        return String.format("%-12s%s%n", what, value);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    static Table pixels(List<Measured> all) {
        Table table = new Table("pixels", "mIoU", INTERVAL, "nIoU", INTERVAL, "precision", "recall", "F1");
        for (Measured measured : all) {
            List<String> cells = new ArrayList<>(List.of(measured.subject().name()));
            cells.addAll(withInterval(measured, Figure.MIOU));
            cells.addAll(withInterval(measured, Figure.NIOU));
            for (Figure figure : List.of(Figure.PRECISION, Figure.RECALL, Figure.F1)) {
                cells.add(text(figure, figure.of().applyAsDouble(measured.total())));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** Rates of pixels times 10^6, as papers print them. */
    static Table targets(List<Measured> all, List<TargetProtocol> protocols) {
        Table table = new Table("targets", "of", "Pd", INTERVAL, "Fa x1e6", INTERVAL, "matched/targets");
        for (TargetProtocol protocol : protocols) {
            for (Measured measured : all) {
                TargetMetrics targets = measured.total().targets(protocol);
                List<String> cells = new ArrayList<>(
                        List.of(protocol.toString(), measured.subject().name()));
                cells.addAll(withInterval(measured, Figure.pd(protocol)));
                cells.addAll(withInterval(measured, Figure.fa(protocol)));
                cells.add(targets.detectedTargets() + "/" + targets.targets());
                table.row(cells.toArray(String[]::new));
            }
        }
        return table;
    }

    /** What the others achieve more than the first one. */
    static Table differences(List<Measured> all, TargetProtocol protocol, int resamples) {
        Measured first = all.get(0);
        Table table = new Table(
                "compared with " + first.subject().name(),
                "figure",
                "difference",
                INTERVAL,
                "p (bootstrap)",
                "p (signed rank)");
        for (Measured other : all.subList(1, all.size())) {
            if (first.imagesInCommon(other) == 0) {
                table.row(other.subject().name(), "no image in common", "", "", "", "");
                continue;
            }
            Bootstrap others = other.bootstrapOnImagesOf(first, resamples);
            Bootstrap firsts = first.bootstrapOnImagesOf(other, resamples);
            for (Figure figure : List.of(Figure.MIOU, Figure.NIOU, Figure.pd(protocol), Figure.fa(protocol))) {
                Comparison compared = others.comparedWith(firsts, Measured.CONFIDENCE, figure.of());
                Interval difference = compared.difference();
                table.row(
                        other.subject().name(),
                        figure.name() + (figure.unit() == 1 ? "" : " x1e6"),
                        (difference.estimate() > 0 ? "+" : "") + text(figure, difference.estimate()),
                        text(figure, difference),
                        text(compared.bootstrapP()),
                        text(compared.signedRankP()));
            }
        }
        return table;
    }

    private static List<String> withInterval(Measured measured, Figure figure) {
        Interval interval = measured.interval(figure);
        String unit = figure.name().equals("Fa") && figure.unit() == 1 ? " an image" : "";
        return List.of(text(figure, interval.estimate()) + unit, text(figure, interval));
    }

    private static String text(Figure figure, Interval interval) {
        return text(figure, interval.low()) + " to " + text(figure, interval.high());
    }

    private static String text(Figure figure, double value) {
        return figure.unit() == 1 ? text(value) : String.format(Locale.ROOT, "%.2f", value / figure.unit());
    }

    private static String text(double ratio) {
        return String.format(Locale.ROOT, "%.4f", ratio);
    }
}
