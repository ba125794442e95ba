package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;

/**
 * ACM, asymmetric contextual modulation: an encoder and decoder whose skip connections let deep and shallow features
 * weigh each other.
 *
 * <p>Source: the ACM paper (WACV 2021), as the official RRCANet code has it (ASKCResUNet, 3 blocks a stage). Training
 * needs batches of at least two images: some norms see one value an image.
 */
public final class ACM implements Network {
    private static final int BLOCKS = 3;
    private static final AcmHead HEAD = new AcmHead(16);

    private final int inputChannels;

    private ACM(int inputChannels) {
        this.inputChannels = InputChannels.require("ACM", inputChannels);
    }

    /**
     * The network of the paper.
     *
     * @return the network with 1 input channel; 397 823 parameters
     */
    public static ACM standard() {
        return new ACM(1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public ACM withInputChannels(int inputChannels) {
        return new ACM(inputChannels);
    }

    @Override
    public String name() {
        return "ACM";
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
    public <T> List<T> forward(Ops<T> ops, T image) {
        List<T> c = new AcmEncoder(inputChannels, BLOCKS).apply(ops, image);
        T x = ops.transposedConv(new TransposedConv2d("deconv2", 64, 32, 4, true), c.get(2));
        x = new AsymmetricModulation("fuse2", 32).apply(ops, x, c.get(1));
        x = BasicBlock.stage(ops, "uplayer2", 32, 32, BLOCKS, x);
        x = ops.transposedConv(new TransposedConv2d("deconv1", 32, 16, 4, true), x);
        x = new AsymmetricModulation("fuse1", 16).apply(ops, x, c.get(0));
        x = BasicBlock.stage(ops, "uplayer1", 16, 16, BLOCKS, x);
        return List.of(ops.resizeLike(HEAD.apply(ops, x), image));
    }
}
