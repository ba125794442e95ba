package dev.irstd.training.network;

import java.util.List;

/** A part of a network that has parameters. */
public sealed interface Layer permits Conv2d, BatchNorm {
    /**
     * Returns the parameters of this layer.
     *
     * @return in the order of the official state_dict
     */
    List<Parameter> parameters();
}
