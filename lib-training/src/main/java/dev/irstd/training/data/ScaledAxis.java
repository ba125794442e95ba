package dev.irstd.training.data;

/** Where the pixels of a scaled axis lie between those of its source: linear, pixel centres at half-integers. */
final class ScaledAxis {
    private final int source;
    private final int size;

    ScaledAxis(int source, double scale) {
        this.source = source;
        this.size = Math.max(1, (int) Math.round(source * scale));
    }

    int size() {
        return size;
    }

    /** Position in the source, 0 to {@code source - 1}, pixel centres at integers. */
    private double position(int i) {
        double position = (i + 0.5) * source / size - 0.5;
        return Math.max(0, Math.min(source - 1, position));
    }

    /** The source pixel at or before the position. */
    int below(int i) {
        return (int) position(i);
    }

    /** The source pixel after the position, or the last one. */
    int above(int i) {
        return Math.min(below(i) + 1, source - 1);
    }

    /** Weight of {@link #above}, in [0, 1). */
    float fraction(int i) {
        double position = position(i);
        return (float) (position - (int) position);
    }

    /** The first scaled pixel that can see a source pixel. */
    int firstSeeing(int sourcePixel) {
        return clamp((int) Math.floor((sourcePixel - 0.5) * size / source - 0.5));
    }

    /** The last scaled pixel that can see a source pixel. */
    int lastSeeing(int sourcePixel) {
        return clamp((int) Math.ceil((sourcePixel + 1.5) * size / source - 0.5));
    }

    private int clamp(int i) {
        return Math.max(0, Math.min(size - 1, i));
    }
}
