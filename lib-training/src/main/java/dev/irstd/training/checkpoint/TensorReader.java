package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what a pickle says of tensors into tensors. What shares memory in the file shares its array here. */
final class TensorReader {
    private final Storages storages;
    private final Map<String, Elements> elements = new HashMap<>();
    private final Map<TensorView, FloatTensor> tensors = new HashMap<>();
    /** How many elements may still be copied: a small file may hold many overlapping views. */
    private long budget;

    /** The elements of a storage; {@code rounded} if they are not exactly what the file holds. */
    private record Elements(float[] values, boolean rounded) {}

    TensorReader(Storages storages, long fileSize) {
        this.storages = storages;
        this.budget = fileSize;
    }

    /** Reads a tensor of floating point numbers. */
    FloatTensor floats(TensorView view) throws IOException {
        requireInside(view);
        FloatTensor known = tensors.get(view);
        if (known == null) {
            known = new FloatTensor(view.shape().stream().map(Long::intValue).toList(), values(view));
            tensors.put(view, known);
        }
        return known;
    }

    /** Whether a tensor that was read lost precision. */
    boolean rounded(TensorView view) {
        Elements source = elements.get(view.storage().key());
        return source != null && source.rounded();
    }

    /** Reads a 64-bit integer without dimensions. */
    long integer(TensorView view) throws IOException {
        requireInside(view);
        ByteBuffer bytes = storages.read(view.storage());
        return bytes.getLong(Long.BYTES * (int) (view.storage().start() + view.offset()));
    }

    /** Checks before anything is allocated that a tensor's elements all lie in its storage. */
    private static void requireInside(TensorView view) throws IOException {
        StorageRef storage = view.storage();
        try {
            int size = view.size();
            long last = view.offset();
            for (int i = 0; i < view.shape().size(); i++) {
                last = Math.addExact(
                        last,
                        Math.multiplyExact(
                                view.shape().get(i) - 1, view.strides().get(i)));
            }
            // Repeated elements, as Tensor.expand makes them, could be any number from a small file.
            if (size == 0 || (size <= storage.length() && last < storage.length())) {
                return;
            }
        } catch (ArithmeticException e) {
            // What cannot be counted is outside as well.
        }
        throw new IOException("shape " + view.shape() + " with strides " + view.strides() + " from element "
                + view.offset() + " on does not fit its storage of " + storage.length() + " elements");
    }

    private float[] values(TensorView view) throws IOException {
        int size = view.size();
        if (size == 0) {
            return new float[0];
        }
        float[] source = elements(view.storage()).values();
        int first = (int) (view.storage().start() + view.offset());
        if (view.contiguous() && first == 0 && size == source.length) {
            return source;
        }
        if (size > budget) {
            throw new IOException("the tensors up to here are larger than the file");
        }
        budget -= size;
        float[] values = new float[size];
        copy(view.shape(), view.strides(), source, first, values);
        return values;
    }

    private Elements elements(StorageRef storage) throws IOException {
        Elements known = elements.get(storage.key());
        if (known == null) {
            ByteBuffer bytes = storages.read(storage);
            float[] values = storage.type().floats(bytes);
            known = new Elements(values, storage.type() == ElementType.FLOAT64 && rounded(bytes, values));
            elements.put(storage.key(), known);
        }
        return known;
    }

    private static boolean rounded(ByteBuffer doubles, float[] floats) {
        for (int i = 0; i < floats.length; i++) {
            if (Double.compare(doubles.getDouble(doubles.position() + Double.BYTES * i), floats[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void copy(List<Long> shape, List<Long> strides, float[] source, int first, float[] target) {
        int[] index = new int[shape.size()];
        int place = first;
        for (int i = 0; i < target.length; i++) {
            target[i] = source[place];
            for (int axis = index.length - 1; axis >= 0; axis--) {
                int stride = strides.get(axis).intValue();
                if (++index[axis] < shape.get(axis)) {
                    place += stride;
                    break;
                }
                place -= stride * (index[axis] - 1);
                index[axis] = 0;
            }
        }
    }
}
