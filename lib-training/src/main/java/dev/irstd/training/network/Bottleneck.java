package dev.irstd.training.network;

/**
 * LW-IRSTNet's residual bottleneck.
 *
 * @param name module path
 * @param channels channels of input and output
 * @param core what looks around, between two 1x1 convolutions
 * @param rectifier the ReLU everywhere but after a depthwise convolution
 * @param dropout share of the channels that training drops
 */
record Bottleneck(String name, int channels, Core core, Rectifier rectifier, double dropout) {
    /** What looks around in a bottleneck. */
    sealed interface Core {
        /** Its channels in a bottleneck of so many. */
        default int width(int channels) {
            return channels / 4;
        }

        <T> T apply(Ops<T> ops, String name, int width, Rectifier rectifier, T x);
    }

    /** A 3x3 convolution; a regular one at dilation 1. */
    record Dilated(int dilation) implements Core {
        @Override
        public <T> T apply(Ops<T> ops, String name, int width, Rectifier rectifier, T x) {
            return new ConvUnit(name, 0, rectifier)
                    .apply(ops, key -> Conv2d.of(key, width, width, 3).withDilation(dilation), x);
        }
    }

    /** A column, then a row. */
    record Asymmetric(int kernel) implements Core {
        @Override
        public <T> T apply(Ops<T> ops, String name, int width, Rectifier rectifier, T x) {
            T y = new ConvUnit(name, 0, rectifier)
                    .apply(ops, key -> Conv2d.of(key, width, width, 1).withKernel(kernel, 1), x);
            return new ConvUnit(name, 3, rectifier)
                    .apply(ops, key -> Conv2d.of(key, width, width, 1).withKernel(1, kernel), y);
        }
    }

    /** A 3x3 convolution of each channel alone, of twice the bottleneck's channels. */
    record Depthwise() implements Core {
        @Override
        public int width(int channels) {
            return 2 * channels;
        }

        @Override
        public <T> T apply(Ops<T> ops, String name, int width, Rectifier rectifier, T x) {
            return new ConvUnit(name + ".dw_conv_k3", 0, Rectifier.RELU)
                    .apply(ops, key -> Conv2d.depthwise(key, width, 3, 3), x);
        }
    }

    <T> T apply(Ops<T> ops, T x) {
        int width = core.width(channels);
        T y = unit(".ext_conv1").apply(ops, key -> Conv2d.of(key, channels, width, 1), x);
        y = core.apply(ops, name + ".ext_conv2", width, rectifier, y);
        y = unit(".ext_conv3").apply(ops, key -> Conv2d.of(key, width, channels, 1), y);
        return rectifier.apply(ops, name + ".out_activation", ops.add(x, ops.dropChannels(dropout, y)));
    }

    private ConvUnit unit(String sequence) {
        return new ConvUnit(name + sequence, 0, rectifier);
    }
}
