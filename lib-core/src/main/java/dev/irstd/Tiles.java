package dev.irstd;

import java.util.ArrayList;
import java.util.List;

/**
 * How a large image is cut into squares that go through the network one after the other, or a detector's batch of them
 * at a time, so that memory depends on their size and not on the image's. Each pixel takes its score from the tile in
 * which it lies farther from a cut, at least half the overlap away; targets are found in the scores put together again,
 * so that none is cut or counted twice.
 *
 * <p>Scores are those of the whole image if no score depends on pixels farther away than half the overlap. A network
 * that looks at the whole of its input, as with global attention, gives others.
 *
 * @param size columns and rows of a tile in pixels, at least 1; a multiple of what the network takes
 * @param overlap least number of columns and rows that neighbouring tiles share, in {@code [0, size)}
 */
public record Tiles(int size, int overlap) {
    /** Checks the numbers. */
    public Tiles {
        if (size < 1 || overlap < 0 || overlap >= size) {
            throw new IllegalArgumentException("tiles of " + size + " pixels that overlap by " + overlap
                    + ": the size must be at least 1, the overlap at least 0 and below the size");
        }
    }

    /**
     * A part of an image.
     *
     * @param part what the network sees
     * @param kept the pixels inside it that take their scores from this tile
     */
    record Tile(Box part, Box kept) {
        static Tile whole(int width, int height) {
            Box all = new Box(0, 0, width, height);
            return new Tile(all, all);
        }
    }

    /** Columns or rows of a tile, and those it keeps, as first one and the one after the last. */
    private record Span(int start, int end, int keptStart, int keptEnd) {}

    /** How far apart tiles may start, so that they overlap enough and a network's blocks lie as in the whole image. */
    private int step(int multiple) {
        return (size - overlap) / multiple * multiple;
    }

    /**
     * Checks that a network can take these tiles.
     *
     * @throws IllegalArgumentException if it takes other sizes only
     */
    void requireFit(Geometry geometry) {
        int multiple = multiple(geometry);
        if (size % multiple != 0 || step(multiple) == 0) {
            throw new IllegalArgumentException("tiles of " + size + " pixels that overlap by " + overlap
                    + " do not suit a network that takes " + geometry + ": the size must be a multiple of " + multiple
                    + " and at least " + multiple + " more than the overlap");
        }
    }

    /** The tiles of an image, which together keep each of its pixels once. */
    List<Tile> of(int width, int height, Geometry geometry) {
        int multiple = multiple(geometry);
        List<Span> columns = spans(width, multiple);
        List<Tile> tiles = new ArrayList<>();
        for (Span row : spans(height, multiple)) {
            for (Span column : columns) {
                tiles.add(new Tile(
                        box(column.start(), row.start(), column.end(), row.end()),
                        box(column.keptStart(), row.keptStart(), column.keptEnd(), row.keptEnd())));
            }
        }
        return tiles;
    }

    private static Box box(int left, int top, int right, int bottom) {
        return new Box(left, top, right - left, bottom - top);
    }

    /** Of an image padded to a multiple, all but a single tile have the full size; they are spread evenly. */
    private List<Span> spans(int length, int multiple) {
        long blocks = (length + multiple - 1L) / multiple - size / multiple;
        if (blocks <= 0) {
            return List.of(new Span(0, length, 0, length));
        }
        int step = step(multiple) / multiple;
        long steps = (blocks + step - 1) / step;
        List<Span> spans = new ArrayList<>();
        int keptStart = 0;
        for (long i = 0; i <= steps; i++) {
            int start = (int) (i * blocks / steps) * multiple;
            int end = (int) Math.min((long) start + size, length);
            int keptEnd = length;
            if (i < steps) {
                int next = (int) ((i + 1) * blocks / steps) * multiple;
                keptEnd = next + (end - next) / 2;
            }
            spans.add(new Span(start, end, keptStart, keptEnd));
            keptStart = keptEnd;
        }
        return spans;
    }

    private static int multiple(Geometry geometry) {
        return geometry instanceof Geometry.PadToMultiple padding ? padding.multiple() : 1;
    }
}
