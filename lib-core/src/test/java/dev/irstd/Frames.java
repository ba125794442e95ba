package dev.irstd;

import java.util.Random;

/** Images for the tests. */
final class Frames {
    private Frames() {}

    /** An image of 8 bits, one character a pixel: '.' is 0, a digit d is d * 25 + 30 (so that 5 and more is bright). */
    static InfraredImage of(String... rows) {
        int width = rows[0].length();
        byte[] samples = new byte[width * rows.length];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < width; x++) {
                char pixel = rows[y].charAt(x);
                samples[y * width + x] = (byte) (pixel == '.' ? 0 : grey(pixel - '0'));
            }
        }
        return InfraredImage.grey8(width, rows.length, samples, 0, width);
    }

    static int grey(int digit) {
        return digit * 25 + 30;
    }

    static InfraredImage grey8(int width, int height, int... samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        return InfraredImage.grey8(width, height, bytes, 0, width);
    }

    static InfraredImage grey16(int width, int height, int... samples) {
        short[] shorts = new short[samples.length];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) samples[i];
        }
        return InfraredImage.grey16(width, height, shorts, 0, width);
    }

    static InfraredImage noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height];
        new Random(seed).nextBytes(samples);
        return InfraredImage.grey8(width, height, samples, 0, width);
    }
}
