package dev.irstd.training.network;

/**
 * The convolutional block attention module (CBAM): channel attention, then spatial attention.
 *
 * @param ratio channels over hidden units of the channel attention, at least 1
 * @param kernel side length of the spatial attention's convolution, odd
 */
public record Cbam(int ratio, int kernel) {
    /** Checks the numbers. */
    public Cbam {
        if (ratio < 1 || kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("no attention of ratio " + ratio + " (at least 1) and a kernel of "
                    + kernel + " (an odd number of pixels)");
        }
    }

    <T> T apply(Ops<T> ops, String block, int channels, T x) {
        T y = new ChannelAttention(block + ".ca", channels, ratio).apply(ops, x);
        return new SpatialAttention(block + ".sa", kernel).apply(ops, y);
    }
}
