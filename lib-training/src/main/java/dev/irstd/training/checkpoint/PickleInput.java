package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; whatever is missing is an IOException. */
final class PickleInput {
    private static final int LONGEST_LINE = 200;

    private final ByteBuffer bytes;

    /** Reads from the buffer's position on, and moves it. */
    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void need(long count) throws IOException {
        if (count < 0 || count > bytes.remaining()) {
            throw new IOException("its pickle is cut off");
        }
    }

    int unsignedByte() throws IOException {
        need(1);
        return bytes.get() & 0xFF;
    }

    int unsignedShort() throws IOException {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    int signedInt() throws IOException {
        need(4);
        return bytes.getInt();
    }

    long signedLong() throws IOException {
        need(8);
        return bytes.getLong();
    }

    /** A double, which pickles hold with the highest byte first. */
    double bigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    String text(long length) throws IOException {
        return new String(raw(length), StandardCharsets.UTF_8);
    }

    /** A number of any length in two's complement, lowest byte first: a Long where that suffices. */
    Number integer(long length) throws IOException {
        byte[] raw = raw(length);
        for (int i = 0, j = raw.length - 1; i < j; i++, j--) {
            byte swapped = raw[i];
            raw[i] = raw[j];
            raw[j] = swapped;
        }
        BigInteger value = raw.length == 0 ? BigInteger.ZERO : new BigInteger(raw);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("its pickle names something of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    void skip(long length) throws IOException {
        need(length);
        bytes.position(bytes.position() + (int) length);
    }

    private byte[] raw(long length) throws IOException {
        need(length);
        byte[] raw = new byte[(int) length];
        bytes.get(raw);
        return raw;
    }
}
