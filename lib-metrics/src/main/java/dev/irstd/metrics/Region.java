package dev.irstd.metrics;

import dev.irstd.Box;
import org.jspecify.annotations.Nullable;

/** An 8-connected component of growing {@link Regions}. Two of them are equal only if they are the same one. */
final class Region {
    private @Nullable Region whole;
    private int firstPixel;
    private int area = 1;
    private long sumX;
    private long sumY;
    private int left;
    private int right;
    private int top;
    private int bottom;

    Region(int pixel, int width) {
        firstPixel = pixel;
        left = pixel % width;
        right = left;
        sumX = left;
        top = pixel / width;
        bottom = top;
        sumY = top;
    }

    /** Which region its pixels belong to now: itself, or the one that it has been joined into. */
    Region whole() {
        Region region = this;
        for (Region next = region.whole; next != null; next = region.whole) {
            if (next.whole != null) {
                region.whole = next.whole;
            }
            region = next;
        }
        return region;
    }

    boolean isWhole() {
        return whole == null;
    }

    /** Joins two wholes, which may be the same, into one of them. */
    Region join(Region other) {
        if (other == this) {
            return this;
        }
        if (other.area > area) {
            return other.join(this);
        }
        other.whole = this;
        firstPixel = Math.min(firstPixel, other.firstPixel);
        area += other.area;
        sumX += other.sumX;
        sumY += other.sumY;
        left = Math.min(left, other.left);
        right = Math.max(right, other.right);
        top = Math.min(top, other.top);
        bottom = Math.max(bottom, other.bottom);
        return this;
    }

    /** The first pixel in raster order. */
    int firstPixel() {
        return firstPixel;
    }

    int area() {
        return area;
    }

    int left() {
        return left;
    }

    int right() {
        return right;
    }

    int top() {
        return top;
    }

    int bottom() {
        return bottom;
    }

    Box box() {
        return new Box(left, top, right - left + 1, bottom - top + 1);
    }

    double x() {
        return (double) sumX / area;
    }

    double y() {
        return (double) sumY / area;
    }

    double centroidDistance(Region other) {
        return length(x() - other.x(), y() - other.y());
    }

    /** The distance between the centres of the boxes. */
    double boxDistance(Region other) {
        return length((left + right - other.left - other.right) / 2.0, (top + bottom - other.top - other.bottom) / 2.0);
    }

    private static double length(double dx, double dy) {
        return Math.sqrt(dx * dx + dy * dy);
    }
}
