package dev.irstd.training.network;

import java.util.List;

/**
 * The operations networks are made of, on images of shape [batch, channels, height, width].
 *
 * @param <T> what an image is to the reader: a tensor, a node of a graph, a shape
 */
public interface Ops<T> {
    /**
     * Convolves.
     *
     * @param conv the layer
     * @param x an image of {@code conv.in()} channels
     * @return an image of {@code conv.out()} channels and the same height and width
     */
    T conv(Conv2d conv, T x);

    /**
     * Normalises each channel, by the statistics of the batch in training and by the running ones otherwise.
     *
     * @param norm the layer
     * @param x an image of {@code norm.channels()} channels
     * @return an image of the same shape
     */
    T batchNorm(BatchNorm norm, T x);

    /**
     * Cuts negative values off.
     *
     * @param x an image
     * @return max(x, 0)
     */
    T relu(T x);

    /**
     * Maps logits to probabilities.
     *
     * @param x an image
     * @return 1 / (1 + exp(-x))
     */
    T sigmoid(T x);

    /**
     * Halves height and width by the maximum of each 2x2 block; an odd last row or column is dropped.
     *
     * @param x an image
     * @return an image of half the height and width
     */
    T maxPool2(T x);

    /**
     * Doubles height and width bilinearly with aligned corners: source = target * (in - 1) / (out - 1).
     *
     * @param x an image
     * @return an image of twice the height and width
     */
    T upsample2(T x);

    /**
     * Averages each channel over the whole image.
     *
     * @param x an image
     * @return an image of 1x1 pixel
     */
    T globalAvgPool(T x);

    /**
     * Takes the maximum of each channel over the whole image.
     *
     * @param x an image
     * @return an image of 1x1 pixel
     */
    T globalMaxPool(T x);

    /**
     * Stacks channels.
     *
     * @param xs at least one image, all of the same height and width
     * @return an image of all their channels in order
     */
    T concat(List<T> xs);

    /**
     * Adds.
     *
     * @param a an image
     * @param b an image of the same shape
     * @return a + b
     */
    T add(T a, T b);

    /**
     * Multiplies element by element.
     *
     * @param a an image
     * @param b an image of the same shape, or of 1x1 pixel: one factor for each channel
     * @return a * b
     */
    T mul(T a, T b);
}
