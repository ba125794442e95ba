package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The dense nested interaction of DNANet: a triangle of nodes, row by row half the size. Each node sees all earlier ones
 * of its row and the newest of the rows below and above.
 *
 * @param input channels of what the first node sees
 * @param channels channels of the nodes of each row, fine to coarse
 */
record DenseNest(int input, List<Integer> channels) {
    private static final MaxPool POOL = MaxPool.by("pool", 2);
    private static final Upsample UP = Upsample.aligned("up", 2);

    /** What runs in each node, from {@code in} channels to those of the row. */
    interface Node<T> {
        T apply(int row, int column, int in, T x);
    }

    DenseNest {
        channels = List.copyOf(channels);
    }

    int coarsest() {
        return channels.size() - 1;
    }

    /** The rows, each with its nodes from left to right; one node fewer in each. */
    <T> List<List<T>> rows(Ops<T> ops, T image, Node<T> node) {
        List<List<T>> rows = new ArrayList<>();
        for (int diagonal = 0; diagonal <= coarsest(); diagonal++) {
            rows.add(new ArrayList<>());
            for (int row = diagonal; row >= 0; row--) {
                int column = diagonal - row;
                T x = column > 0 ? dense(ops, rows, row, column) : encoded(ops, rows, row, image);
                int in = column > 0 ? denseChannels(row, column) : row > 0 ? channels.get(row - 1) : input;
                rows.get(row).add(node.apply(row, column, in, x));
            }
        }
        return rows;
    }

    private static <T> T encoded(Ops<T> ops, List<List<T>> rows, int row, T image) {
        return row > 0 ? ops.maxPool(POOL, rows.get(row - 1).get(0)) : image;
    }

    private static <T> T dense(Ops<T> ops, List<List<T>> rows, int row, int column) {
        List<T> seen = new ArrayList<>(rows.get(row));
        seen.add(ops.upsample(UP, rows.get(row + 1).get(column - 1)));
        if (row > 0) {
            seen.add(ops.halve(rows.get(row - 1).get(column)));
        }
        return ops.concat(seen);
    }

    private int denseChannels(int row, int column) {
        return column * channels.get(row) + channels.get(row + 1) + (row > 0 ? channels.get(row - 1) : 0);
    }

    /** The last node of each row, coarse to fine, brought to the channels and size of the finest row and stacked. */
    <T> T stack(Ops<T> ops, List<List<T>> rows) {
        List<T> features = new ArrayList<>();
        for (int row = coarsest(); row > 0; row--) {
            Conv2d lateral = Conv2d.of("conv0_" + row + "_1x1", channels.get(row), channels.get(0), 1);
            Upsample up = row == 1 ? UP : Upsample.aligned("up_" + (1 << row), 1 << row);
            features.add(ops.upsample(up, ops.conv(lateral, last(rows.get(row)))));
        }
        features.add(last(rows.get(0)));
        return ops.concat(features);
    }

    int stackedChannels() {
        return channels.size() * channels.get(0);
    }

    private static <T> T last(List<T> row) {
        return row.get(row.size() - 1);
    }
}
