package dev.irstd.training.network;

import dev.irstd.Geometry;
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
     * @return for example {@code RRCANet-ResNet10}
     */
    String name();

    /**
     * Returns the channels of the input image.
     *
     * @return 1 for grey, 3 for grey replicated
     */
    int inputChannels();

    /**
     * Returns the sizes that the network takes.
     *
     * @return a geometry that accepts exactly these
     */
    Geometry geometry();

    /**
     * Returns the convolutions with bias that give the logits. Their bias sets the probability that an untrained network
     * starts from.
     *
     * @return the layers; none if the logits come about in another way
     */
    List<Conv2d> heads();

    /**
     * Returns the layers that the official code declares and does not use, so that its checkpoints hold them.
     *
     * @return the layers, none as a rule
     */
    default List<Layer> unused() {
        return List.of();
    }

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
     * @param image the input, {@link #inputChannels()} channels, of a size that {@link #geometry()} accepts
     * @param <T> what an image is to the reader
     * @return what {@link #outputs()} says, at the input's height and width; the last is the prediction
     */
    <T> List<T> forward(Ops<T> ops, T image);
}
