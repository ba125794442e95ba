package dev.irstd.training.weights;

import java.util.List;

/**
 * A float32 tensor in plain memory. Two are equal only if they share their array.
 *
 * @param shape its dimensions; none for a scalar
 * @param values the elements in row-major order; neither copied here nor by the accessor
 */
public record FloatTensor(List<Integer> shape, float[] values) {
    public FloatTensor {
        shape = List.copyOf(shape);
        boolean negative = shape.stream().anyMatch(size -> size < 0);
        if (negative || shape.stream().reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + shape + " does not have " + values.length + " elements");
        }
    }
}
