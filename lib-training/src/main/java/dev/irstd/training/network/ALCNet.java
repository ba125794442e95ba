package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/**
 * ALCNet, the attentional local contrast network: ACM's encoder with four blocks a stage and a decoder of modulated
 * features without blocks of its own.
 *
 * <p>Source: the ALCNet paper (TGRS 2021), as the official RRCANet code has it (ASKCResNetFPN): that has no layers of
 * local contrast, and declares a decoder's blocks that it never uses. Training needs batches of at least two images: some
 * norms see one value an image.
 */
public final class ALCNet implements Network {
    private static final int BLOCKS = 4;
    private static final AcmHead HEAD = new AcmHead(8);

    private final int inputChannels;

    private ALCNet(int inputChannels) {
        this.inputChannels = InputChannels.require("ALCNet", inputChannels);
    }

    /**
     * The network of the official code.
     *
     * @return the network with 1 input channel; 519 889 parameters
     */
    public static ALCNet standard() {
        return new ALCNet(1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public ALCNet withInputChannels(int inputChannels) {
        return new ALCNet(inputChannels);
    }

    @Override
    public String name() {
        return "ALCNet";
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
        return List.of(HEAD.last());
    }

    @Override
    public List<Layer> unused() {
        OperationCounter counter = new OperationCounter();
        BasicBlock.stage(counter, "uplayer2", 32, 32, BLOCKS, OperationCounter.Shape.input(32, 1, 1));
        BasicBlock.stage(counter, "uplayer1", 16, 16, BLOCKS, OperationCounter.Shape.input(16, 1, 1));
        return counter.layers();
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        List<T> c = new AcmEncoder(inputChannels, BLOCKS).apply(ops, image);
        T x = ops.transposedConv(new TransposedConv2d("deconv2", 64, 32, 4, true), c.get(2));
        x = new AsymmetricModulation("fuse23", 32).apply(ops, x, c.get(1));
        x = ops.transposedConv(new TransposedConv2d("deconv1", 32, 16, 4, true), x);
        x = new AsymmetricModulation("fuse12", 16).apply(ops, x, c.get(0));
        x = ops.transposedConv(new TransposedConv2d("deconv0", 16, 8, 4, true), x);
        return List.of(ops.resizeLike(HEAD.apply(ops, x), image));
    }
}
