package dev.irstd.training.network;

import java.util.List;

/**
 * UIU-Net's residual U-block of one size (RSU-4F): dilation stands in for the pools.
 *
 * @param name module path
 * @param in input channels
 * @param middle channels within
 * @param out output channels
 */
record FlatRsu(String name, int in, int middle, int out) {
    <T> T apply(Ops<T> ops, T image) {
        T x = unit("in", in, out, 1).apply(ops, image);
        T e1 = unit("1", out, middle, 1).apply(ops, x);
        T e2 = unit("2", middle, middle, 2).apply(ops, e1);
        T e3 = unit("3", middle, middle, 4).apply(ops, e2);
        T e4 = unit("4", middle, middle, 8).apply(ops, e3);
        T d3 = unit("3d", 2 * middle, middle, 4).apply(ops, ops.concat(List.of(e4, e3)));
        T d2 = unit("2d", 2 * middle, middle, 2).apply(ops, ops.concat(List.of(d3, e2)));
        T d1 = unit("1d", 2 * middle, out, 1).apply(ops, ops.concat(List.of(d2, e1)));
        return ops.add(d1, x);
    }

    private Rebnconv unit(String suffix, int in, int out, int dilation) {
        return new Rebnconv(name + ".rebnconv" + suffix, in, out, dilation);
    }
}
