package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pickle says of a tensor. Its numbers are natural, but may lie outside of the storage.
 *
 * @param offset the storage's element that is the tensor's first
 * @param strides elements from one index to the next, for each dimension
 */
record TensorView(StorageRef storage, long offset, List<Long> shape, List<Long> strides) {
    /** PyTorch's own limit. */
    private static final int MOST_DIMENSIONS = 64;

    TensorView {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** Reads the arguments of {@code _rebuild_tensor_v2}, of which those after the fourth do not matter. */
    static TensorView of(List<Object> arguments) throws IOException {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof StorageRef storage
                && arguments.get(1) instanceof Long offset
                && offset >= 0
                && arguments.get(2) instanceof Tuple shape
                && arguments.get(3) instanceof Tuple strides
                && shape.items().size() == strides.items().size()
                && shape.items().size() <= MOST_DIMENSIONS) {
            return new TensorView(storage, offset, numbers(shape), numbers(strides));
        }
        throw new IOException("its pickle builds a tensor of something else than storage, offset, shape and strides");
    }

    private static List<Long> numbers(Tuple tuple) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Object item : tuple.items()) {
            if (!(item instanceof Long number) || number < 0) {
                throw new IOException("its pickle builds a tensor whose shape or strides are no natural numbers");
            }
            numbers.add(number);
        }
        return numbers;
    }

    /**
     * Counts the elements.
     *
     * @throws ArithmeticException if they are more than an array can hold
     */
    int size() {
        return shape.stream().map(Math::toIntExact).reduce(1, Math::multiplyExact);
    }

    /** Whether the elements lie one after the other in row-major order. */
    boolean contiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }
}
