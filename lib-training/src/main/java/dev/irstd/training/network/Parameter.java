package dev.irstd.training.network;

import java.util.List;

/**
 * A named tensor that belongs to a layer.
 *
 * @param names its keys in the official state_dict; several where one tensor is shared. The first is the name it goes
 *     by here
 * @param shape its dimensions
 * @param fanIn inputs that a single output sums over, 0 where that means nothing
 * @param role what it is for
 */
public record Parameter(List<String> names, List<Integer> shape, int fanIn, Role role) {
    /** What a parameter is for. */
    public enum Role {
        /** A convolution's weight; trained. */
        WEIGHT,
        /** A transposed convolution's weight; trained. */
        TRANSPOSED_WEIGHT,
        /** A linear layer's weight; trained. */
        LINEAR_WEIGHT,
        /** A bias of any of these; trained. */
        BIAS,
        /** The slope of a PReLU; trained, starts at 0.25. */
        SLOPE,
        /** The factors of a channel scale; trained, start at 0.01. */
        FACTOR,
        /** A batch norm's factor; trained, starts at 1. */
        SCALE,
        /** A batch norm's offset; trained, starts at 0. */
        SHIFT,
        /** A batch norm's running mean; follows the batches, starts at 0. */
        RUNNING_MEAN,
        /** A batch norm's running variance; follows the batches, starts at 1. */
        RUNNING_VARIANCE;

        /**
         * Tells whether the optimiser changes such a parameter.
         *
         * @return false for running statistics
         */
        public boolean trained() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    public Parameter {
        names = List.copyOf(names);
        shape = List.copyOf(shape);
    }

    /**
     * Returns the name this parameter goes by.
     *
     * @return the first of its names
     */
    public String name() {
        return names.get(0);
    }

    /**
     * Returns the number of scalars.
     *
     * @return the product of the shape
     */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
