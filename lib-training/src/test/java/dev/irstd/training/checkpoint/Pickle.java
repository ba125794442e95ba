package dev.irstd.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A pickle of protocol 2, put together operation by operation as Python's pickletools prints them. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        bytes(0x80, 2);
    }

    Pickle bytes(int... values) {
        Arrays.stream(values).forEach(out::write);
        return this;
    }

    /** Operations without arguments, or a global with its lines. */
    Pickle ops(String operations) {
        out.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Pickle int32(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    Pickle text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ops("X").int32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Pickle number(long value) {
        bytes(0x8a, 8);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    Pickle numbers(List<Long> values) {
        ops("(");
        values.forEach(this::number);
        return ops("t");
    }

    /** A storage as torch.save refers to it. */
    Pickle storage(String type, String key, long size) {
        return ops("(").text("storage")
                .ops("ctorch\n" + type + "\n")
                .text(key)
                .text("cuda:0")
                .number(size)
                .ops("tQ");
    }

    /** A tensor in a storage. */
    Pickle tensor(String type, String key, long size, long offset, List<Long> shape, List<Long> strides) {
        return ops("ctorch._utils\n_rebuild_tensor_v2\n(")
                .storage(type, key, size)
                .number(offset)
                .numbers(shape)
                .numbers(strides)
                .bytes(0x89)
                .ops("ccollections\nOrderedDict\n)RtR");
    }

    /** A vector that is a whole storage. */
    Pickle vector(String type, String key, long size) {
        return tensor(type, key, size, 0, List.of(size), List.of(1L));
    }

    byte[] end() {
        ops(".");
        return out.toByteArray();
    }
}
