package dev.irstd.examples;

import dev.irstd.Geometry;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.MaxPool;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Upsample;
import java.util.List;

/** Two levels and one skip connection. */
final class PlainNetwork implements Network {
    private static final Conv2d HEAD = Conv2d.of("head", 8, 1, 1);

    @Override
    public String name() {
        return "Plain-8";
    }

    @Override
    public int inputChannels() {
        return 1;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(2);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(HEAD);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T fine = block(ops, "encoder.0", 1, 8, image);
        T coarse = block(ops, "encoder.1", 8, 8, ops.maxPool(MaxPool.by("pool", 2), fine));
        T merged = block(
                ops, "decoder.0", 16, 8, ops.concat(List.of(fine, ops.upsample(Upsample.aligned("up", 2), coarse))));
        return List.of(ops.conv(HEAD, merged));
    }

    private static <T> T block(Ops<T> ops, String name, int in, int out, T x) {
        T y = ops.conv(Conv2d.of(name + ".conv", in, out, 3), x);
        return ops.relu(ops.batchNorm(new BatchNorm(name + ".bn", out), y));
    }
}
