package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/** A tiny network for tests that leaves much to chance in training, and has a layer that it never uses. */
public final class DroppingNetwork implements Network {
    /** Makes the one that there is. */
    public DroppingNetwork() {}

    @Override
    public String name() {
        return "dropping";
    }

    @Override
    public int inputChannels() {
        return 1;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(Conv2d.of("head", 8, 1, 1));
    }

    @Override
    public List<Layer> unused() {
        return List.of(Conv2d.of("unused", 8, 8, 1));
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x = ops.relu(ops.batchNorm(new BatchNorm("norm", 8), ops.conv(Conv2d.of("conv", 1, 8, 3), image)));
        return List.of(ops.conv(heads().get(0), ops.dropout(0.5, ops.dropChannels(0.5, x))));
    }
}
