package dev.irstd.training.files;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What the elements of a stored tensor are, in PyTorch's files and in safetensors. */
public enum ElementType {
    /** Single precision. */
    FLOAT32("FloatStorage", "F32", 4),
    /** Double precision. */
    FLOAT64("DoubleStorage", "F64", 8),
    /** Half precision: 5 bits of exponent, 10 of fraction. */
    FLOAT16("HalfStorage", "F16", 2),
    /** The upper half of single precision. */
    BFLOAT16("BFloat16Storage", "BF16", 2),
    /** 64-bit integers. */
    INT64("LongStorage", "I64", 8),
    /** 32-bit integers. */
    INT32("IntStorage", "I32", 4),
    /** 16-bit integers. */
    INT16("ShortStorage", "I16", 2),
    /** 8-bit integers. */
    INT8("CharStorage", "I8", 1),
    /** 8-bit integers without sign. */
    UINT8("ByteStorage", "U8", 1),
    /** Truth values, a byte each. */
    BOOL("BoolStorage", "BOOL", 1);

    private final String storage;
    private final String code;
    private final int bytes;

    ElementType(String storage, String code, int bytes) {
        this.storage = storage;
        this.code = code;
        this.bytes = bytes;
    }

    /**
     * Finds the type of one of PyTorch's storage classes.
     *
     * @param name such as {@code FloatStorage}
     * @return its type, if there is one
     */
    public static Optional<ElementType> ofStorage(String name) {
        return Arrays.stream(values()).filter(type -> type.storage.equals(name)).findFirst();
    }

    /**
     * Finds the type of a safetensors header.
     *
     * @param code such as {@code F32}
     * @return its type, if there is one
     */
    public static Optional<ElementType> ofCode(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    /**
     * Returns PyTorch's name.
     *
     * @return such as {@code FloatStorage}
     */
    public String storage() {
        return storage;
    }

    /**
     * Returns the size of an element.
     *
     * @return 1 to 8 bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Tells floating point types from integers.
     *
     * @return whether {@link #floats} reads it
     */
    public boolean floating() {
        return switch (this) {
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
            case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
        };
    }

    /**
     * Reads floating point numbers. Doubles are rounded to the nearest float.
     *
     * @param data whole elements in the buffer's byte order, all that remain; its position is left where it is
     * @return the values in single precision
     */
    public float[] floats(ByteBuffer data) {
        int start = data.position();
        float[] values = new float[data.remaining() / bytes];
        switch (this) {
            case FLOAT32 -> data.slice().order(data.order()).asFloatBuffer().get(values);
            case FLOAT64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble(start + 8 * i);
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = half(data.getShort(start + 2 * i));
                }
            }
            case BFLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort(start + 2 * i) << 16);
                }
            }
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                throw new IllegalArgumentException(this + " is no floating point type");
        }
        return values;
    }

    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        // 127 - 15 between the biases of the exponents; infinity and NaN have all bits set.
        int wide = exponent == 0x1F ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
