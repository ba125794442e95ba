package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The small network of LPNetGA that looks at each window of the features: three kernels side by side, then residual
 * blocks at twice the size.
 *
 * @param name module path
 * @param statistics which normalise
 */
record LocalPatchNet(String name, LPNetGA.Statistics statistics) {
    private static final int FEATURES = 8;
    private static final int EACH = 4;
    private static final int WIDTH = 32;

    <T> T apply(Ops<T> ops, T windows) {
        List<T> scales = new ArrayList<>();
        for (int kernel : List.of(1, 3, 5)) {
            String scale = name + ".conv_k" + kernel;
            T y = ops.conv(Conv2d.of(scale + ".conv", FEATURES, EACH, kernel), windows);
            scales.add(ops.relu(statistics.normalise(ops, new BatchNorm(scale + ".bn", EACH), y)));
        }
        T x = doubled(ops, ops.concat(scales));
        x = new LpNetBlock(name + ".patch_net.block1", WIDTH, WIDTH, statistics).apply(ops, x);
        x = new LpNetBlock(name + ".patch_net.block2", WIDTH, WIDTH, statistics).apply(ops, x);
        x = new LpNetBlock(name + ".patch_net.block3", WIDTH, 1, statistics).apply(ops, x);
        x = ops.maxPool(MaxPool.by(name + ".patch_net.pool", 2), x);
        return ops.sigmoid(ops.conv(classifier(), x));
    }

    private <T> T doubled(Ops<T> ops, T scales) {
        String deconv = name + ".patch_net.deconv";
        T x = ops.transposedConv(new TransposedConv2d(deconv + ".deconv", 3 * EACH, WIDTH, 3, true), scales);
        return ops.relu(statistics.normalise(ops, new BatchNorm(deconv + ".bn", WIDTH), x));
    }

    Conv2d classifier() {
        return Conv2d.of(name + ".patch_net.classifier", 1, 1, 1);
    }
}
