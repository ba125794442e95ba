package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * UIU-Net's residual U-block: a small U-Net whose result is added to its first feature.
 *
 * @param name module path
 * @param depth units on the way down; all but the first and the last follow a pool
 * @param in input channels
 * @param middle channels within
 * @param out output channels
 */
record Rsu(String name, int depth, int in, int middle, int out) {
    <T> T apply(Ops<T> ops, T image) {
        T x = unit("in", in, out, 1).apply(ops, image);
        T y = unit("1", out, middle, 1).apply(ops, x);
        List<T> shallow = new ArrayList<>(List.of(y));
        for (int level = 2; level < depth; level++) {
            MaxPool pool = MaxPool.by(name + ".pool" + (level - 1), 2).keepingEdges();
            y = unit("" + level, middle, middle, 1).apply(ops, ops.maxPool(pool, y));
            shallow.add(y);
        }
        y = unit("" + depth, middle, middle, 2).apply(ops, y);
        for (int level = depth - 1; level >= 1; level--) {
            T skip = shallow.get(level - 1);
            T deep = level == depth - 1 ? y : ops.resizeLike(y, skip);
            y = unit(level + "d", 2 * middle, level == 1 ? out : middle, 1).apply(ops, ops.concat(List.of(deep, skip)));
        }
        return ops.add(y, x);
    }

    private Rebnconv unit(String suffix, int in, int out, int dilation) {
        return new Rebnconv(name + ".rebnconv" + suffix, in, out, dilation);
    }
}
