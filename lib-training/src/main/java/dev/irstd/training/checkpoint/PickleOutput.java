package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a pickle of protocol 2, value by value. */
final class PickleOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleOutput() {
        out.write(0x80);
        out.write(2);
    }

    PickleOutput mark() {
        out.write('(');
        return this;
    }

    PickleOutput text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        int32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    PickleOutput integer(int value) {
        out.write('J');
        int32(value);
        return this;
    }

    PickleOutput no() {
        out.write(0x89);
        return this;
    }

    PickleOutput integers(List<Integer> values) {
        mark();
        values.forEach(this::integer);
        return tuple();
    }

    /** Everything since the mark. */
    PickleOutput tuple() {
        out.write('t');
        return this;
    }

    PickleOutput dict() {
        out.write('}');
        return this;
    }

    PickleOutput orderedDict() {
        return global("collections", "OrderedDict").mark().tuple().call();
    }

    PickleOutput global(String module, String member) {
        out.write('c');
        out.writeBytes((module + "\n" + member + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Calls the function below the tuple of arguments on top. */
    PickleOutput call() {
        out.write('R');
        return this;
    }

    /** Puts the keys and values since the mark into the dict below it. */
    PickleOutput setItems() {
        out.write('u');
        return this;
    }

    /** A contiguous tensor that is a whole storage. */
    PickleOutput tensor(ElementType type, String storage, List<Integer> shape) {
        int size = shape.stream().reduce(1, Math::multiplyExact);
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage")
                .global("torch", type.storage())
                .text(storage)
                .text("cpu")
                .integer(size)
                .tuple();
        out.write('Q');
        integer(0).integers(shape).integers(strides(shape)).no().orderedDict().tuple();
        return call();
    }

    private static List<Integer> strides(List<Integer> shape) {
        Integer[] strides = new Integer[shape.size()];
        int stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, shape.get(i));
        }
        return List.of(strides);
    }

    byte[] end() {
        out.write('.');
        return out.toByteArray();
    }

    private void int32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
