package dev.irstd.training.data;

import dev.irstd.InfraredImage;

/** The scale of all grey values here, 0 to 255 whatever the bits of the samples. */
final class GreyLevels {
    static final int WHITE = 255;

    private GreyLevels() {}

    /** Steps of a sample in one grey level. */
    static int steps(int bits) {
        return bits == 8 ? 1 : 257;
    }

    /** An image of the samples that are nearest to grey levels from 0 to {@link #WHITE}, row by row. */
    static InfraredImage rounded(int bits, int width, float[] grey) {
        int[] samples = new int[grey.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(grey[i] * steps(bits));
        }
        return image(bits, width, grey.length / width, samples);
    }

    /**
     * An image of samples.
     *
     * @param samples 0 to {@link #WHITE} times the steps, row by row
     */
    static InfraredImage image(int bits, int width, int height, int[] samples) {
        if (bits == 8) {
            byte[] bytes = new byte[samples.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) samples[i];
            }
            return InfraredImage.grey8(width, height, bytes, 0, width);
        }
        short[] shorts = new short[samples.length];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) samples[i];
        }
        return InfraredImage.grey16(width, height, shorts, 0, width);
    }
}
