package dev.irstd;

/** What an ONNX file takes as its image, and so who scales and pads it. */
public enum InputType {
    /** Floats of 32 bits, which the detector scales, normalises and pads or resizes. */
    FLOAT32(Float.BYTES),
    /**
     * Samples of 8 bits as they are; the file itself scales, normalises and pads them. Images of 16 bits do not fit and are
     * refused.
     */
    UINT8(Byte.BYTES),
    /** Samples of 16 bits as they are; the file itself scales, normalises and pads them. Images of 8 bits fit too. */
    UINT16(Short.BYTES);

    private final int bytes;

    InputType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes of a value. */
    int bytes() {
        return bytes;
    }

    /** Whether the input is samples, which the file prepares itself. */
    boolean isSamples() {
        return this != FLOAT32;
    }
}
