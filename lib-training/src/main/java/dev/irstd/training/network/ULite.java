package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A light U-Net of axial depthwise convolutions, with attention at its lowest level. It estimates the background in
 * DCONet.
 *
 * @param name module path
 */
record ULite(String name) {
    private static final int LEVELS = 5;

    /** What height and width must be multiples of. */
    static final int MULTIPLE = 1 << LEVELS;

    /** Channels of the skip connection of a level, from 1; below it there are twice as many. */
    private static int channels(int level) {
        return 8 << level;
    }

    <T> T apply(Ops<T> ops, T image) {
        T x = ops.conv(Conv2d.of(name + ".conv_in", 1, channels(1), 7), image);
        List<T> skips = new ArrayList<>();
        for (int level = 1; level <= LEVELS; level++) {
            Encoder encoder = new Encoder(name + ".e" + level, channels(level));
            T skip = encoder.skip(ops, x);
            skips.add(skip);
            x = encoder.down(ops, skip);
        }
        x = new Mdcr(name + ".b5.mdcr").apply(ops, x);
        x = new SecondOrderAttention(name + ".b5.att", Mdcr.CHANNELS).apply(ops, x);
        for (int level = LEVELS; level >= 1; level--) {
            x = new Decoder(name + ".d" + level, channels(level)).apply(ops, x, skips.get(level - 1));
        }
        return ops.conv(Conv2d.of(name + ".conv_out", channels(1), 1, 1), x);
    }

    /** Adds a depthwise convolution along the columns and one along the rows. */
    private record AxialDw(String name, int channels) {
        <T> T apply(Ops<T> ops, T x) {
            T vertical = ops.conv(Conv2d.depthwise(name + ".dw_h", channels, 7, 1), x);
            T horizontal = ops.conv(Conv2d.depthwise(name + ".dw_w", channels, 1, 7), x);
            return ops.add(ops.add(x, vertical), horizontal);
        }
    }

    /** Channels double, height and width halve. */
    private record Encoder(String name, int channels) {
        <T> T skip(Ops<T> ops, T x) {
            T y = new AxialDw(name + ".dw", channels).apply(ops, x);
            return ops.batchNorm(new BatchNorm(name + ".bn", channels), y);
        }

        <T> T down(Ops<T> ops, T skip) {
            T x = ops.conv(Conv2d.of(name + ".pw", channels, 2 * channels, 1), skip);
            return ops.gelu(ops.maxPool(MaxPool.by(name + ".down", 2), x));
        }
    }

    /** Channels halve, height and width double. */
    private record Decoder(String name, int channels) {
        <T> T apply(Ops<T> ops, T x, T skip) {
            x = ops.concat(List.of(ops.upsample(Upsample.nearest(name + ".up", 2), x), skip));
            x = ops.conv(Conv2d.of(name + ".pw", 3 * channels, channels, 1), x);
            x = ops.batchNorm(new BatchNorm(name + ".bn", channels), x);
            x = new AxialDw(name + ".dw", channels).apply(ops, x);
            return ops.gelu(ops.conv(Conv2d.of(name + ".pw2", channels, channels, 1), x));
        }
    }
}
