package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.RecurrentOptions.Fusion;
import java.util.List;

/**
 * ResUNet+RuCB: a ResUNet whose encoder and decoder run several times over the same convolutions, as RRCANet does, but
 * with convolutions instead of attention in the decoder.
 *
 * <p>Source: the RRCANet paper (JSTARS 2025) and its official code.
 */
public final class ResUNetRuCB implements Network {
    private final String name;
    private final RecurrentOptions options;
    private final RecurrentUNet net;

    private ResUNetRuCB(String name, RecurrentOptions options) {
        this.name = name;
        this.options = options;
        net = new RecurrentUNet(options, this::merge);
    }

    /**
     * The network of any options.
     *
     * @param name the name it goes by
     * @param options its options, which mean what they mean to RRCANet
     * @return the network
     */
    public static ResUNetRuCB of(String name, RecurrentOptions options) {
        return new ResUNetRuCB(name, options);
    }

    /**
     * The network of the paper.
     *
     * @return the network of {@link #standardOptions}; 979 089 parameters
     */
    public static ResUNetRuCB standard() {
        return of("ResUNet+RuCB", standardOptions());
    }

    /**
     * The paper's options: 1 input channel, blocks 1, 2, 2, 2, 2, two iterations after the first round, width 8, feature
     * stacking.
     *
     * @return the options
     */
    public static RecurrentOptions standardOptions() {
        return new RecurrentOptions(1, List.of(1, 2, 2, 2, 2), 2, 8, Fusion.STACK);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public ResUNetRuCB withInputChannels(int inputChannels) {
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
        RucBlock block = new RucBlock(
                r -> "iteration" + r + "_layer" + options.decoder(level) + "_decoder_convs",
                options.rounds(),
                options.channels(level) + options.channels(level + 1),
                options.channels(level),
                1);
        return block.apply(ops, round, ops.concat(List.of(shallow, deep)));
    }
}
