package dev.irstd.training.torch;

import dev.irstd.Geometry;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Outputs;
import java.util.List;

/** A network that claims other outputs, and gives its input and then the logits. */
record OtherOutputs(Network network, Outputs outputs) implements Network {
    @Override
    public String name() {
        return network.name();
    }

    @Override
    public int inputChannels() {
        return network.inputChannels();
    }

    @Override
    public Geometry geometry() {
        return network.geometry();
    }

    @Override
    public List<Conv2d> heads() {
        return network.heads();
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        return List.of(image, network.forward(ops, image).get(0));
    }
}
