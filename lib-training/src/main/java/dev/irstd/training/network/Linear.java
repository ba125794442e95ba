package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.List;

/**
 * A linear layer with bias over the channels of each pixel: a 1x1 convolution whose weight has two dimensions.
 *
 * @param name its module path in the official code
 * @param in input channels
 * @param out output channels
 */
public record Linear(String name, int in, int out) implements Layer {
    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(List.of(weightKey()), List.of(out, in), in, Role.LINEAR_WEIGHT),
                new Parameter(List.of(biasKey()), List.of(out), in, Role.BIAS));
    }

    /**
     * Returns the key of the weight.
     *
     * @return {@code name.weight}, shape [out, in]
     */
    public String weightKey() {
        return name + ".weight";
    }

    /**
     * Returns the key of the bias.
     *
     * @return {@code name.bias}, shape [out]
     */
    public String biasKey() {
        return name + ".bias";
    }
}
