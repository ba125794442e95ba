package dev.irstd;

import java.time.Duration;
import java.util.List;

/** An image on its way to its detection: the scores that its parts have brought so far, and the time that they took. */
final class Scan {
    private final int width;
    private final int height;
    private final float[] scores;
    private long preparing;
    private long computing;
    private long finishing;

    Scan(int width, int height) {
        this.width = width;
        this.height = height;
        this.scores = new float[width * height];
    }

    void preparedSince(long start) {
        preparing += System.nanoTime() - start;
    }

    void computed(long nanoseconds) {
        computing += nanoseconds;
    }

    /** Copies what a tile keeps of its rows. */
    void keep(Tiles.Tile tile, Rows rows) {
        long start = System.nanoTime();
        Box part = tile.part();
        Box kept = tile.kept();
        float[] row = new float[part.width()];
        for (int y = kept.y(); y < kept.y() + kept.height(); y++) {
            rows.read(y - part.y(), row);
            System.arraycopy(row, kept.x() - part.x(), scores, y * width + kept.x(), kept.width());
        }
        finishing += System.nanoTime() - start;
    }

    /** Once all parts are there. */
    Detection detection(float threshold) {
        long start = System.nanoTime();
        ScoreMap scoreMap = new ScoreMap(width, height, scores);
        Runs above = scoreMap.runsAbove(threshold);
        Mask mask = above.mask();
        List<Target> targets = ConnectedComponents.of(above).targets(scoreMap);
        finishing += System.nanoTime() - start;
        Timing timing =
                new Timing(Duration.ofNanos(preparing), Duration.ofNanos(computing), Duration.ofNanos(finishing));
        return new Detection(scoreMap, mask, targets, timing);
    }
}
