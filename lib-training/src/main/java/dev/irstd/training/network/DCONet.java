package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.ArrayList;
import java.util.List;

/**
 * DCONet: an image is taken apart into background and target again and again, each stage with weights of its own, as the
 * iterations of a robust principal component analysis do.
 *
 * <p>It takes grey images of 1 channel, which the published network gets in [0, 1], and gives the image put together
 * again and then the target, whose values are logits.
 *
 * <p>Source: the official code of DCONet; weights of its checkpoints load by name. In evaluation both are the same. In
 * training they differ in the middle of the background's network: the shared convolution over the four dilations
 * ({@code mdcr.out_s}) runs once on all groups here, so that its norm sees the statistics of all of them together, where
 * the official code runs it 128 times and normalises each time anew.
 */
public final class DCONet implements Network {
    private final int stages;

    private DCONet(int stages) {
        this.stages = stages;
    }

    /**
     * The network that the official training script makes: 5 stages.
     *
     * @return the network; 9 894 160 parameters
     */
    public static DCONet standard() {
        return new DCONet(5);
    }

    /**
     * This network with another number of stages.
     *
     * @param stages at least 1
     * @return a changed copy
     */
    public DCONet withStages(int stages) {
        if (stages < 1) {
            throw new IllegalArgumentException("no DCONet of " + stages + " stages; it needs at least 1");
        }
        return new DCONet(stages);
    }

    @Override
    public String name() {
        return "DCONet";
    }

    @Override
    public int inputChannels() {
        return 1;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(ULite.MULTIPLE);
    }

    /** None: the logits are what is left of the image. */
    @Override
    public List<Conv2d> heads() {
        return List.of();
    }

    @Override
    public List<Layer> unused() {
        List<Layer> unused = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            unused.addAll(stage(stage).unused());
        }
        return unused;
    }

    @Override
    public Outputs outputs() {
        return Outputs.RECONSTRUCTION_AND_LOGITS;
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T nothing = ops.times(0, image);
        DcoStage.State<T> state = new DcoStage.State<>(image, nothing, nothing);
        for (int stage = 0; stage < stages; stage++) {
            state = stage(stage).apply(ops, state);
        }
        return List.of(state.image(), state.target());
    }

    private static DcoStage stage(int index) {
        return new DcoStage("decos." + index, index == 0 ? DcoStage.Place.FIRST : DcoStage.Place.LATER);
    }
}
