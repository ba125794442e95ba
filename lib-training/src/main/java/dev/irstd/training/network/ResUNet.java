package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/**
 * ResUNet: a U-Net of residual blocks with five levels of 8 to 128 channels.
 *
 * <p>Source: the baseline of the RRCANet paper (JSTARS 2025) and its official code. The ResUNet of the original
 * BasicIRSTD collection is another one.
 */
public final class ResUNet implements Network {
    private static final MaxPool POOL = MaxPool.by("pool", 2);
    private static final Upsample UP = Upsample.aligned("up", 2);
    private static final Conv2d HEAD = Conv2d.of("final", 8, 1, 1);

    private final int inputChannels;

    private ResUNet(int inputChannels) {
        if (inputChannels != 1 && inputChannels != 3) {
            throw new IllegalArgumentException("no ResUNet with " + inputChannels + " input channels (1 or 3)");
        }
        this.inputChannels = inputChannels;
    }

    /**
     * The network of the paper.
     *
     * @return the network with 1 input channel; 913 897 parameters
     */
    public static ResUNet standard() {
        return new ResUNet(1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public ResUNet withInputChannels(int inputChannels) {
        return new ResUNet(inputChannels);
    }

    @Override
    public String name() {
        return "ResUNet";
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(16);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(HEAD);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x0 = new ResBlock("conv0_0.0", inputChannels, 8).apply(ops, image);
        T x1 = encode(ops, "conv1_0", 8, 16, x0);
        T x2 = encode(ops, "conv2_0", 16, 32, x1);
        T x3 = encode(ops, "conv3_0", 32, 64, x2);
        T x4 = encode(ops, "conv4_0", 64, 128, x3);
        T y3 = decode(ops, "conv3_1", 64, x3, 128, x4);
        T y2 = decode(ops, "conv2_2", 32, x2, 64, y3);
        T y1 = decode(ops, "conv1_3", 16, x1, 32, y2);
        T y0 = decode(ops, "conv0_4", 8, x0, 16, y1);
        return List.of(ops.conv(HEAD, y0));
    }

    private static <T> T encode(Ops<T> ops, String name, int in, int out, T x) {
        T y = new ResBlock(name + ".0", in, out).apply(ops, ops.maxPool(POOL, x));
        return new ResBlock(name + ".1", out, out).apply(ops, y);
    }

    private static <T> T decode(Ops<T> ops, String name, int low, T shallow, int high, T deep) {
        T both = ops.concat(List.of(shallow, ops.upsample(UP, deep)));
        return new ResBlock(name + ".0", low + high, low).apply(ops, both);
    }
}
