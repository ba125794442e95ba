package dev.irstd;

import java.util.Arrays;

/** The pixels of a mask as runs, in raster order: the spans of a row that are set, with an unset pixel or none around. */
final class Runs {
    private static final int NUMBERS = 3;

    private final int width;
    private final int height;
    /** Row, first column and the column after the last one of each run. */
    private int[] numbers = new int[64 * NUMBERS];

    private int count;

    private Runs(int width, int height) {
        this.width = width;
        this.height = height;
    }

    static Runs of(Mask mask) {
        int width = mask.width();
        byte[] pixels = mask.pixels();
        byte[] unset = new byte[width];
        Runs runs = new Runs(width, mask.height());
        for (int y = 0; y < mask.height(); y++) {
            int row = y * width;
            int start = firstDifference(pixels, row, 0, unset);
            while (start < width) {
                int end = start + 1;
                while (end < width && pixels[row + end] != 0) {
                    end++;
                }
                runs.add(y, start, end);
                start = firstDifference(pixels, row, end, unset);
            }
        }
        return runs;
    }

    /** The first column, from {@code start} on, that is set; the width if there is none. */
    private static int firstDifference(byte[] pixels, int row, int start, byte[] unset) {
        int width = unset.length;
        int distance = Arrays.mismatch(pixels, row + start, row + width, unset, start, width);
        return distance < 0 ? width : start + distance;
    }

    /** The pixels whose score is strictly above the threshold; {@code scores} are given row by row. */
    static Runs above(float threshold, int width, int height, float[] scores) {
        Runs runs = new Runs(width, height);
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < width; x++) {
                if (scores[row + x] > threshold) {
                    int start = x;
                    do {
                        x++;
                    } while (x < width && scores[row + x] > threshold);
                    runs.add(y, start, x);
                }
            }
        }
        return runs;
    }

    private void add(int row, int start, int end) {
        int at = count * NUMBERS;
        if (at == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * at);
        }
        numbers[at] = row;
        numbers[at + 1] = start;
        numbers[at + 2] = end;
        count++;
    }

    int size() {
        return count;
    }

    int row(int run) {
        return numbers[run * NUMBERS];
    }

    /** The first column of a run. */
    int start(int run) {
        return numbers[run * NUMBERS + 1];
    }

    /** The column after the last one of a run. */
    int end(int run) {
        return numbers[run * NUMBERS + 2];
    }

    Mask mask() {
        byte[] pixels = new byte[width * height];
        for (int run = 0; run < count; run++) {
            int row = row(run) * width;
            Arrays.fill(pixels, row + start(run), row + end(run), Mask.SET);
        }
        return new Mask(width, height, pixels);
    }
}
