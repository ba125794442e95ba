package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.List;

/**
 * Batch normalisation with a factor and an offset for each channel.
 *
 * @param name its module path in the official code
 * @param channels channels
 * @param momentum share of the newest batch in the running statistics, in [0, 1]
 */
public record BatchNorm(String name, int channels, double momentum) implements Layer {
    /** Added to the variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    /** The momentum that PyTorch gives where nothing is said. */
    public static final double DEFAULT_MOMENTUM = 0.1;

    /**
     * A batch norm of the usual momentum.
     *
     * @param name its module path
     * @param channels channels
     */
    public BatchNorm(String name, int channels) {
        this(name, channels, DEFAULT_MOMENTUM);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                parameter(scaleKey(), Role.SCALE),
                parameter(shiftKey(), Role.SHIFT),
                parameter(meanKey(), Role.RUNNING_MEAN),
                parameter(varianceKey(), Role.RUNNING_VARIANCE));
    }

    private Parameter parameter(String key, Role role) {
        return new Parameter(List.of(key), List.of(channels), 0, role);
    }

    /**
     * Returns the key of the factor.
     *
     * @return {@code name.weight}
     */
    public String scaleKey() {
        return name + ".weight";
    }

    /**
     * Returns the key of the offset.
     *
     * @return {@code name.bias}
     */
    public String shiftKey() {
        return name + ".bias";
    }

    /**
     * Returns the key of the running mean.
     *
     * @return {@code name.running_mean}
     */
    public String meanKey() {
        return name + ".running_mean";
    }

    /**
     * Returns the key of the running variance.
     *
     * @return {@code name.running_var}
     */
    public String varianceKey() {
        return name + ".running_var";
    }
}
