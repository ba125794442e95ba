package dev.irstd.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a detector achieves over many thresholds, and the figures that sum it up. Immutable.
 *
 * <pre>{@code
 * RocCurve curve = new RocCurve(sweep.points());
 * double auc = curve.auc(TargetProtocol.OPTIMAL_ASSIGNMENT, 1e-4);
 * curve.within(TargetProtocol.OPTIMAL_ASSIGNMENT, 5e-6)
 *         .ifPresent(point -> System.out.println("set the threshold to " + point.threshold()));
 * }</pre>
 *
 * <p>The areas are exact for the thresholds that were swept; what a curve does between two of them is not known. The
 * official code of the field defines none of them: these are own definitions.
 *
 * @param points in any order
 */
public record RocCurve(List<OperatingPoint> points) {

    /** A point in the plane of two figures. */
    private record Point(double x, double y) {}

    /**
     * Copies the list.
     *
     * @param points in any order
     */
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * Finds the threshold to use where false alarms are limited: that of the highest Pd whose Fa does not exceed the
     * limit; of equals the one of the lowest Fa, then of the highest threshold. Nothing is interpolated, so the point can
     * be reached.
     *
     * @param protocol one of those that were asked for
     * @param greatestFa the limit, in the protocol's unit of Fa
     * @return the point; empty if every threshold raises more false alarms, or Pd is undefined
     */
    public Optional<OperatingPoint> within(TargetProtocol protocol, double greatestFa) {
        return points.stream()
                .filter(point -> fa(point, protocol) <= greatestFa && !Double.isNaN(pd(point, protocol)))
                .max(Comparator.comparingDouble((OperatingPoint point) -> pd(point, protocol))
                        .thenComparing(point -> fa(point, protocol), Comparator.reverseOrder())
                        .thenComparing(OperatingPoint::threshold));
    }

    /**
     * The area under Pd over Fa, from Fa 0 to a limit, relative to that limit. Points are sorted by Fa, then Pd, and joined
     * by straight lines; the curve starts at (0, 0), is cut at the limit, and runs on level where it ends before.
     *
     * @param protocol one of those that were asked for
     * @param greatestFa the limit, in the protocol's unit of Fa, above 0; areas of different limits cannot be compared
     * @return the mean Pd up to the limit, in [0, 1] where Pd is; NaN if Pd or Fa is undefined
     * @throws IllegalArgumentException if the limit is not above 0
     */
    public double auc(TargetProtocol protocol, double greatestFa) {
        if (!(greatestFa > 0 && greatestFa < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "an area up to Fa " + greatestFa + " is none; the limit must be above 0");
        }
        return areaUnder(curve(point -> fa(point, protocol), point -> pd(point, protocol)), greatestFa);
    }

    /**
     * The area under the pixels' {@linkplain PixelMetrics#recall recall} over their
     * {@linkplain PixelMetrics#falsePositiveRate false-positive rate}, with straight lines between the points and from
     * (0, 0) and to (1, 1).
     *
     * @return the area in [0, 1]; NaN if there is no true pixel or no background
     */
    public double pixelAuc() {
        List<Point> curve = curve(
                point -> point.metrics().pixels().falsePositiveRate(),
                point -> point.metrics().pixels().recall());
        curve.add(new Point(1, 1));
        return areaUnder(curve, 1);
    }

    /**
     * The average precision of targets: the area under {@linkplain TargetMetrics#precision precision} over
     * {@linkplain TargetMetrics#recall recall}, each recall with the best precision that is reached at it or above (as in
     * the PASCAL VOC challenge since 2010).
     *
     * @param protocol one of those that were asked for
     * @return the area in [0, 1]; NaN if there is no target
     */
    public double averagePrecision(TargetProtocol protocol) {
        return areaUnderBest(curve(
                point -> point.metrics().targets(protocol).recall(),
                point -> point.metrics().targets(protocol).precision()));
    }

    /**
     * The average precision of pixels, defined as that of {@linkplain #averagePrecision targets}.
     *
     * @return the area in [0, 1]; NaN if there is no true pixel
     */
    public double pixelAveragePrecision() {
        return areaUnderBest(curve(
                point -> point.metrics().pixels().recall(),
                point -> point.metrics().pixels().precision()));
    }

    private static double pd(OperatingPoint point, TargetProtocol protocol) {
        return point.metrics().targets(protocol).pd();
    }

    private static double fa(OperatingPoint point, TargetProtocol protocol) {
        return point.metrics().targets(protocol).fa();
    }

    /** Sorted by x, then y. */
    private List<Point> curve(ToDoubleFunction<OperatingPoint> x, ToDoubleFunction<OperatingPoint> y) {
        List<Point> curve = new ArrayList<>();
        for (OperatingPoint point : points) {
            curve.add(new Point(x.applyAsDouble(point), y.applyAsDouble(point)));
        }
        curve.sort(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y));
        return curve;
    }

    private static double areaUnder(List<Point> curve, double limit) {
        double area = 0;
        Point last = new Point(0, 0);
        for (Point point : curve) {
            if (point.x() > limit) {
                double share = (limit - last.x()) / (point.x() - last.x());
                Point cut = new Point(limit, last.y() + share * (point.y() - last.y()));
                area += trapezoid(last, cut);
                last = cut;
                break;
            }
            area += trapezoid(last, point);
            last = point;
        }
        return (area + trapezoid(last, new Point(limit, last.y()))) / limit;
    }

    private static double trapezoid(Point from, Point to) {
        return (to.x() - from.x()) * (from.y() + to.y()) / 2;
    }

    private static double areaUnderBest(List<Point> curve) {
        double area = 0;
        double best = 0;
        double right = Double.NaN;
        for (int i = curve.size() - 1; i >= 0; i--) {
            Point point = curve.get(i);
            if (!Double.isNaN(right)) {
                area += (right - point.x()) * best;
            }
            right = point.x();
            best = Math.max(best, Double.isNaN(point.y()) ? 0 : point.y());
        }
        return area + right * best;
    }
}
