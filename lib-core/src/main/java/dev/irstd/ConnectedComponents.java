package dev.irstd;

import java.util.ArrayList;
import java.util.List;

/**
 * The 8-connected components of a mask, in raster order of their first pixel, which the matching rules of the field's
 * metrics rely on. A union-find over the mask's runs, so that unset pixels cost nothing.
 */
final class ConnectedComponents {
    private final Runs runs;
    /** The number of the component that each run belongs to. */
    private final int[] labels;

    private final List<Extent> extents;

    /** What is summed over the runs of a component. */
    private static final class Extent {
        private final int top;
        private int bottom;
        private int left = Integer.MAX_VALUE;
        private int right;
        private int area;
        private long sumX;
        private long sumY;

        Extent(int top) {
            this.top = top;
        }

        /** Takes runs in raster order. */
        void add(int row, int start, int end) {
            int length = end - start;
            bottom = row;
            left = Math.min(left, start);
            right = Math.max(right, end - 1);
            area += length;
            sumX += (start + end - 1L) * length / 2;
            sumY += (long) row * length;
        }

        Component component() {
            Box box = new Box(left, top, right - left + 1, bottom - top + 1);
            return new Component((double) sumX / area, (double) sumY / area, area, box);
        }
    }

    private ConnectedComponents(Runs runs, int[] labels, List<Extent> extents) {
        this.runs = runs;
        this.labels = labels;
        this.extents = extents;
    }

    static ConnectedComponents of(Mask mask) {
        return of(Runs.of(mask));
    }

    static ConnectedComponents of(Runs runs) {
        int[] earlier = joined(runs);
        int[] labels = new int[runs.size()];
        List<Extent> extents = new ArrayList<>();
        for (int run = 0; run < labels.length; run++) {
            if (earlier[run] == run) {
                labels[run] = extents.size();
                extents.add(new Extent(runs.row(run)));
            } else {
                labels[run] = labels[earlier[run]];
            }
            extents.get(labels[run]).add(runs.row(run), runs.start(run), runs.end(run));
        }
        return new ConnectedComponents(runs, labels, extents);
    }

    /** For each run an earlier one of its component; the first one of a component has itself. */
    private static int[] joined(Runs runs) {
        int[] earlier = new int[runs.size()];
        int above = 0;
        for (int run = 0; run < earlier.length; run++) {
            earlier[run] = run;
            int row = runs.row(run) - 1;
            while (runs.row(above) < row || runs.row(above) == row && runs.end(above) < runs.start(run)) {
                above++;
            }
            for (int touched = above; runs.row(touched) == row && runs.start(touched) <= runs.end(run); touched++) {
                join(earlier, touched, run);
            }
        }
        return earlier;
    }

    private static void join(int[] earlier, int one, int other) {
        int first = first(earlier, one);
        int second = first(earlier, other);
        earlier[Math.max(first, second)] = Math.min(first, second);
    }

    private static int first(int[] earlier, int run) {
        int first = run;
        while (earlier[first] != first) {
            earlier[first] = earlier[earlier[first]];
            first = earlier[first];
        }
        return first;
    }

    List<Component> components() {
        return extents.stream().map(Extent::component).toList();
    }

    /** The components as targets: with the highest and the mean score inside each. */
    List<Target> targets(ScoreMap scores) {
        float[] peaks = new float[extents.size()];
        double[] sums = new double[extents.size()];
        for (int run = 0; run < labels.length; run++) {
            int label = labels[run];
            for (int x = runs.start(run); x < runs.end(run); x++) {
                float score = scores.get(x, runs.row(run));
                peaks[label] = Math.max(peaks[label], score);
                sums[label] += score;
            }
        }
        List<Target> targets = new ArrayList<>();
        for (int label = 0; label < peaks.length; label++) {
            Component found = extents.get(label).component();
            float mean = (float) (sums[label] / found.area());
            targets.add(new Target(found.x(), found.y(), found.area(), found.box(), peaks[label], mean));
        }
        return targets;
    }
}
