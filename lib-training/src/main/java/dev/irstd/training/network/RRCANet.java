package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.RecurrentOptions.Fusion;
import java.util.List;

/**
 * RRCANet, the recurrent reusable-convolution attention network: a small encoder and decoder that run several times
 * over the same convolutions.
 *
 * <p>Source: the RRCANet paper (JSTARS 2025) and its official code. Where the two differ, this is the code.
 */
public final class RRCANet implements Network {
    private final String name;
    private final RecurrentOptions options;
    private final RecurrentUNet net;

    private RRCANet(String name, RecurrentOptions options) {
        this.name = name;
        this.options = options;
        net = new RecurrentUNet(options, this::merge);
    }

    /**
     * The network of any options.
     *
     * @param name the name it goes by
     * @param options its options
     * @return the network
     */
    public static RRCANet of(String name, RecurrentOptions options) {
        return new RRCANet(name, options);
    }

    /**
     * RRCANet-ResNet10: blocks 2, 1, 1, 1.
     *
     * @return the network with 1 input channel; 102 489 parameters
     */
    public static RRCANet rrcanet10() {
        return of("RRCANet-ResNet10", standardOptions().withBlocks(2, 1, 1, 1));
    }

    /**
     * RRCANet-18: blocks 3, 2, 2, 2. The paper's main network.
     *
     * @return the network with 1 input channel; 202 089 parameters
     */
    public static RRCANet rrcanet18() {
        return of("RRCANet", standardOptions());
    }

    /**
     * RRCANet-ResNet34: blocks 4, 4, 6, 3.
     *
     * @return the network with 1 input channel; 363 161 parameters
     */
    public static RRCANet rrcanet34() {
        return of("RRCANet-ResNet34", standardOptions().withBlocks(4, 4, 6, 3));
    }

    /**
     * The paper's options: 1 input channel, blocks 3, 2, 2, 2, two iterations after the first round, width 8, feature
     * stacking.
     *
     * @return the options of RRCANet-18
     */
    public static RecurrentOptions standardOptions() {
        return new RecurrentOptions(1, List.of(3, 2, 2, 2), 2, 8, Fusion.STACK);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public RRCANet withInputChannels(int inputChannels) {
        return of(name, options.withInputChannels(inputChannels));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inputChannels() {
        return options.inputChannels();
    }

    @Override
    public Geometry geometry() {
        return options.geometry();
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(net.head());
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        return net.forward(ops, image);
    }

    private <T> T merge(Ops<T> ops, int round, int level, T shallow, T deep) {
        String module = "iteration" + round + "_layer" + options.decoder(level) + "_decoders_SBAM";
        return new Diaam(module, options.channels(level), options.channels(level + 1)).apply(ops, shallow, deep);
    }
}
