package dev.irstd.training.network;

import java.util.List;

/**
 * A segmentation network: its structure without weights.
 *
 * <p>Parameters are named as in the state_dict of the official code, so that official checkpoints load by name.
 * Implementations are immutable.
 */
public interface Network {
    /**
     * Returns the name people know the network by.
     *
     * @return for example {@code RRCANet-18}
     */
    String name();

    /**
     * Returns the channels of the input image.
     *
     * @return 1 for grey, 3 for grey replicated
     */
    int inputChannels();

    /**
     * Returns what height and width must be multiples of.
     *
     * @return a power of two
     */
    int sizeMultiple();

    /**
     * Returns the layers that give the logits. Their bias sets the probability that an untrained network starts from.
     *
     * @return at least one layer
     */
    List<Conv2d> heads();

    /**
     * Returns what {@link #forward} gives in training.
     *
     * @return {@link Outputs#LOGITS} unless the network says otherwise
     */
    default Outputs outputs() {
        return Outputs.LOGITS;
    }

    /**
     * Reads the network.
     *
     * @param ops what to do with each operation
     * @param image the input, {@link #inputChannels()} channels, height and width multiples of {@link #sizeMultiple()}
     * @param <T> what an image is to the reader
     * @return what {@link #outputs()} says, at the input's height and width; the last is the prediction
     */
    <T> List<T> forward(Ops<T> ops, T image);
}
