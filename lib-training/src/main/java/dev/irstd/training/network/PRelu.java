package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.List;

/**
 * A ReLU that multiplies negative values by a trained slope, one for all channels.
 *
 * @param name its module path in the official code
 */
public record PRelu(String name) implements Layer {
    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(List.of(slopeKey()), List.of(1), 0, Role.SLOPE));
    }

    /**
     * Returns the key of the slope.
     *
     * @return {@code name.weight}, shape [1]
     */
    public String slopeKey() {
        return name + ".weight";
    }
}
