package dev.irstd.training.network;

import java.util.List;

/** A part of a network that has parameters. */
public sealed interface Layer permits Conv2d, TransposedConv2d, Linear, BatchNorm, PRelu, ChannelScale {
    /**
     * Returns the name of the layer.
     *
     * @return its module path in the official code; the first of several
     */
    String name();

    /**
     * Returns the parameters of this layer.
     *
     * @return in the order of the official state_dict
     */
    List<Parameter> parameters();
}
