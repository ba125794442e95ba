package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A stage of DCONet: estimates the low-rank background, then the sparse target by gates with a memory, as in an LSTM, and
 * puts the image together again from both.
 *
 * @param name module path
 * @param place whether there is a stage before
 */
record DcoStage(String name, Place place) {
    private static final int WIDTH = 32;

    /** Where a stage stands. */
    enum Place {
        FIRST,
        LATER
    }

    /**
     * What goes from stage to stage.
     *
     * @param image D, the image as the last stage put it together
     * @param target T, the target
     * @param cell c, the memory of the gates; before the first stage a single channel of zeros
     */
    record State<T>(T image, T target, T cell) {}

    <T> State<T> apply(Ops<T> ops, State<T> last) {
        T background = new ULite(name + ".lowrank.unet").apply(ops, ops.sub(last.image(), last.target()));
        T rest = ops.add(ops.sub(last.image(), background), last.target());
        T x = ops.conv(sparse("conv_x", 1), rest);
        // The official code drops the result of conv_h too: it counts, and gets no gradient.
        ops.conv(sparse("conv_h", 1), rest);
        T forget = ops.sigmoid(ops.conv(sparse("conv_f", WIDTH), x));
        T accept = ops.sigmoid(ops.conv(sparse("conv_i", WIDTH), x));
        T give = ops.sigmoid(ops.conv(sparse("conv_o", WIDTH), x));
        T candidate = ops.tanh(ops.conv(sparse("cell_state", WIDTH), x));
        T cell = ops.add(ops.mul(forget, ops.conv(memory(), last.cell())), ops.mul(accept, candidate));
        T hidden = ops.channelScale(epsilon(), ops.mul(give, ops.tanh(cell)));
        T target = ops.sub(rest, ops.conv(Conv2d.of(name + ".sparse.conv_out", WIDTH, 1, 3), hidden));
        return new State<>(merge(ops, ops.add(background, target)), target, cell);
    }

    /** The first stage's sees zeros, so that its bias alone acts. */
    private Conv2d memory() {
        return place == Place.FIRST ? sparse("conv_c", 1) : sparse("conv_c2", WIDTH);
    }

    private Conv2d sparse(String convolution, int in) {
        return Conv2d.of(name + ".sparse." + convolution, in, WIDTH, 3);
    }

    private ChannelScale epsilon() {
        return new ChannelScale(name + ".sparse.epsilon_per_channel", WIDTH);
    }

    private <T> T merge(Ops<T> ops, T x) {
        String mapping = name + ".merge.mapping";
        for (int unit = 0; unit < 3; unit++) {
            x = ops.relu(ops.batchNorm(norm(mapping, unit), ops.conv(conv(mapping, unit), x)));
        }
        return ops.conv(Conv2d.of(mapping + ".9", WIDTH, 1, 3), x);
    }

    /** In the official sequences convolution, norm and ReLU take turns: the convolutions are members 0, 3, 6... */
    private static Conv2d conv(String sequence, int unit) {
        return Conv2d.of(sequence + "." + 3 * unit, unit == 0 ? 1 : WIDTH, WIDTH, 3);
    }

    private static BatchNorm norm(String sequence, int unit) {
        return new BatchNorm(sequence + "." + (3 * unit + 1), WIDTH);
    }

    /** Another way to estimate the background, and convolutions whose results are dropped. */
    List<Layer> unused() {
        List<Layer> unused = new ArrayList<>();
        String convs = name + ".lowrank.convs";
        for (int unit = 0; unit < 4; unit++) {
            unused.add(conv(convs, unit));
            unused.add(norm(convs, unit));
        }
        unused.add(Conv2d.of(convs + ".12", WIDTH, 1, 3));
        unused.add(sparse("conv_h", 1));
        unused.add(sparse("conv_x2", WIDTH));
        unused.add(sparse("conv_h2", WIDTH));
        unused.add(place == Place.FIRST ? sparse("conv_c2", WIDTH) : sparse("conv_c", 1));
        return unused;
    }
}
