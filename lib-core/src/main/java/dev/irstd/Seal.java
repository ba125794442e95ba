package dev.irstd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last metadata entry of an ONNX file that holds the SHA-256 of all bytes before it, so that a damaged file is known
 * as such. It keeps out accidents, not attackers, who can seal a file anew.
 */
final class Seal {
    static final String KEY = ManifestMetadata.PREFIX + "sha256";

    private static final int DIGITS = 64;
    /** Up to the digits: field 14 of the model, with the key as its field 1 and the value as its field 2. */
    private static final byte[] START = start();

    private static final int LENGTH = START.length + DIGITS;

    private Seal() {}

    private static byte[] start() {
        int entry = 2 + KEY.length() + 2 + DIGITS;
        String text = "\162" + (char) entry + "\012" + (char) KEY.length() + KEY + "\022" + (char) DIGITS;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The file with a seal at its end. */
    static byte[] put(byte[] onnx) {
        int length = isSealed(onnx) ? onnx.length - LENGTH : onnx.length;
        byte[] whole = Arrays.copyOf(onnx, Math.addExact(length, LENGTH));
        System.arraycopy(START, 0, whole, length, START.length);
        byte[] digits = Sha256.of(onnx, length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, whole, length + START.length, DIGITS);
        return whole;
    }

    /**
     * Checks the seal if there is one.
     *
     * @throws ModelException if the file is not what was sealed
     */
    static void require(Model model) {
        byte[] onnx = model.onnx();
        if (!isSealed(onnx)) {
            return;
        }
        String sealed = new String(onnx, onnx.length - DIGITS, DIGITS, StandardCharsets.US_ASCII);
        String actual = Sha256.of(onnx, onnx.length - LENGTH);
        if (!sealed.equals(actual)) {
            throw new ModelException(
                    "model " + model.name() + " (" + onnx.length + " bytes) is damaged: its content has the"
                            + " SHA-256 " + actual + ", " + KEY + " says " + sealed
                            + "; get it again, or export it again if it was"
                            + " changed on purpose");
        }
    }

    private static boolean isSealed(byte[] onnx) {
        int at = onnx.length - LENGTH;
        return at >= 0 && Arrays.equals(onnx, at, at + START.length, START, 0, START.length);
    }
}
