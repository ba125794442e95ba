package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * UIU-Net, a U-Net in a U-Net: each stage of the outer one is a small U-Net of its own, and its skip connections let deep
 * and shallow features weigh each other.
 *
 * <p>Gives the logits of its six decoder stages, the deepest first, and then those that it makes of all six; the official
 * code begins with the latter. Source: the UIU-Net paper (TIP 2023), as the official RRCANet code has it. Training needs
 * batches of at least two images: some norms see one value an image.
 */
public final class UIUNet implements Network {
    private static final String NAME = "UIUNet";
    private static final List<Integer> SIDES = List.of(64, 64, 128, 256, 512, 512);
    private static final Conv2d ALL_SIDES = Conv2d.of("outconv", SIDES.size(), 1, 1);

    private final int inputChannels;
    private final int divisor;

    private UIUNet(int inputChannels, int divisor) {
        if (divisor < 1 || 16 % divisor != 0) {
            throw new IllegalArgumentException(
                    "no " + NAME + " of channels divided by " + divisor + " (1, 2, 4, 8 or 16)");
        }
        this.inputChannels = InputChannels.require(NAME, inputChannels);
        this.divisor = divisor;
    }

    /**
     * The network of the paper.
     *
     * @return the network with 1 input channel; 50 540 309 parameters
     */
    public static UIUNet standard() {
        return new UIUNet(1, 1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public UIUNet withInputChannels(int inputChannels) {
        return new UIUNet(inputChannels, divisor);
    }

    /**
     * A narrower network.
     *
     * @param divisor what the paper's numbers of channels are divided by: 1, 2, 4, 8 or 16
     * @return a changed copy, named by the divisor
     */
    public UIUNet withDivisor(int divisor) {
        return new UIUNet(inputChannels, divisor);
    }

    @Override
    public String name() {
        return divisor == 1 ? NAME : NAME + "/" + divisor;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1);
    }

    @Override
    public List<Conv2d> heads() {
        List<Conv2d> heads = new ArrayList<>(
                IntStream.range(0, SIDES.size()).mapToObj(this::side).toList());
        heads.add(ALL_SIDES);
        return heads;
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T h1 = new Rsu("stage1", 7, inputChannels, width(32), width(64)).apply(ops, image);
        T h2 = rsu("stage2", 6, 64, 32, 128).apply(ops, pool(ops, "pool12", h1));
        T h3 = rsu("stage3", 5, 128, 64, 256).apply(ops, pool(ops, "pool23", h2));
        T h4 = rsu("stage4", 4, 256, 128, 512).apply(ops, pool(ops, "pool34", h3));
        T h5 = flatRsu("stage5", 512, 256, 512).apply(ops, pool(ops, "pool45", h4));
        T h6 = flatRsu("stage6", 512, 256, 512).apply(ops, pool(ops, "pool56", h5));
        T d5 = flatRsu("stage5d", 1024, 256, 512).apply(ops, fuse(ops, "fuse5", 512, h6, h5));
        T d4 = rsu("stage4d", 4, 1024, 128, 256).apply(ops, fuse(ops, "fuse4", 512, d5, h4));
        T d3 = rsu("stage3d", 5, 512, 64, 128).apply(ops, fuse(ops, "fuse3", 256, d4, h3));
        T d2 = rsu("stage2d", 6, 256, 32, 64).apply(ops, fuse(ops, "fuse2", 128, d3, h2));
        T d1 = rsu("stage1d", 7, 128, 16, 64).apply(ops, ops.concat(List.of(ops.resizeLike(d2, h1), h1)));
        return logits(ops, List.of(d1, d2, d3, d4, d5, h6));
    }

    private static <T> T pool(Ops<T> ops, String name, T x) {
        return ops.maxPool(MaxPool.by(name, 2).keepingEdges(), x);
    }

    private <T> T fuse(Ops<T> ops, String name, int channels, T deep, T shallow) {
        return new InteractiveCrossAttention(name, width(channels)).apply(ops, ops.resizeLike(deep, shallow), shallow);
    }

    private <T> List<T> logits(Ops<T> ops, List<T> features) {
        T finest = ops.conv(side(0), features.get(0));
        List<T> sides = new ArrayList<>(List.of(finest));
        for (int i = 1; i < features.size(); i++) {
            sides.add(ops.resizeLike(ops.conv(side(i), features.get(i)), finest));
        }
        T all = ops.conv(ALL_SIDES, ops.concat(sides));
        Collections.reverse(sides);
        sides.add(all);
        return sides;
    }

    private Conv2d side(int index) {
        return Conv2d.of("side" + (index + 1), width(SIDES.get(index)), 1, 3);
    }

    private Rsu rsu(String name, int depth, int in, int middle, int out) {
        return new Rsu(name, depth, width(in), width(middle), width(out));
    }

    private FlatRsu flatRsu(String name, int in, int middle, int out) {
        return new FlatRsu(name, width(in), width(middle), width(out));
    }

    private int width(int channels) {
        return channels / divisor;
    }
}
