package dev.irstd.training.network;

import java.util.List;

/**
 * The operations networks are made of, on images of shape [batch, channels, height, width].
 *
 * <p>Where two images are combined element by element, the second may have a single channel, a single pixel or both,
 * which then stands for all.
 *
 * @param <T> what an image is to the reader: a tensor, a node of a graph, a shape
 */
public interface Ops<T> {
    /**
     * Convolves.
     *
     * @param conv the layer
     * @param x an image of {@code conv.in()} channels
     * @return an image of {@code conv.out()} channels
     */
    T conv(Conv2d conv, T x);

    /**
     * Convolves transposed.
     *
     * @param conv the layer
     * @param x an image of {@code conv.in()} channels
     * @return an image of {@code conv.out()} channels and twice the height and width
     */
    T transposedConv(TransposedConv2d conv, T x);

    /**
     * Multiplies the channels of each pixel by a matrix and adds a bias.
     *
     * @param linear the layer
     * @param x an image of {@code linear.in()} channels
     * @return an image of {@code linear.out()} channels and the same height and width
     */
    T linear(Linear linear, T x);

    /**
     * Normalises each channel, by the statistics of the batch in training and by the running ones otherwise.
     *
     * @param norm the layer
     * @param x an image of {@code norm.channels()} channels
     * @return an image of the same shape
     */
    T batchNorm(BatchNorm norm, T x);

    /**
     * Normalises each channel of each image of the batch by its own statistics, always; factor and offset are the batch
     * norm's, its running statistics stay untouched.
     *
     * @param norm the layer
     * @param x an image of {@code norm.channels()} channels
     * @return an image of the same shape
     */
    T instanceNorm(BatchNorm norm, T x);

    /**
     * Multiplies each channel by its trained factor.
     *
     * @param scale the layer
     * @param x an image of {@code scale.channels()} channels
     * @return an image of the same shape
     */
    T channelScale(ChannelScale scale, T x);

    /**
     * Cuts negative values off.
     *
     * @param x an image
     * @return max(x, 0)
     */
    T relu(T x);

    /**
     * Cuts negative values off, for a block that has several modules for it.
     *
     * @param module its module path in the official code; those of one name are one module
     * @param x an image
     * @return max(x, 0)
     */
    default T relu(String module, T x) {
        return relu(x);
    }

    /**
     * The same operations as functions that belong to no module, whose ReLUs, pools and upsamplings papers do not count:
     * for what no official code has.
     *
     * @return operations of the same reader
     */
    default Ops<T> withoutModules() {
        return this;
    }

    /**
     * Multiplies negative values by a trained slope.
     *
     * @param prelu the layer
     * @param x an image
     * @return max(x, 0) + slope * min(x, 0)
     */
    T prelu(PRelu prelu, T x);

    /**
     * The Gaussian error linear unit, exactly.
     *
     * @param x an image
     * @return 0.5 * x * (1 + erf(x / sqrt(2)))
     */
    T gelu(T x);

    /**
     * Maps logits to probabilities.
     *
     * @param x an image
     * @return 1 / (1 + exp(-x))
     */
    T sigmoid(T x);

    /**
     * The hyperbolic tangent.
     *
     * @param x an image
     * @return tanh(x)
     */
    T tanh(T x);

    /**
     * Distributes each channel's weight over its pixels.
     *
     * @param x an image
     * @return exp(x) divided by its sum over the pixels of the channel
     */
    T softmax(T x);

    /**
     * Sets whole channels to zero at random in training and scales the others up for it; otherwise does nothing.
     *
     * @param rate the probability that a channel is dropped, in [0, 1)
     * @param x an image
     * @return an image of the same shape
     */
    T dropChannels(double rate, T x);

    /**
     * Sets single values to zero at random in training and scales the others up for it; otherwise does nothing.
     *
     * @param rate the probability that a value is dropped, in [0, 1)
     * @param x an image
     * @return an image of the same shape
     */
    T dropout(double rate, T x);

    /**
     * Takes the maximum of each window.
     *
     * @param pool the windows
     * @param x an image
     * @return an image of one pixel a window
     */
    T maxPool(MaxPool pool, T x);

    /**
     * Enlarges.
     *
     * @param upsample how
     * @param x an image
     * @return an image of {@code upsample.factor()} times the height and width
     */
    T upsample(Upsample upsample, T x);

    /**
     * Halves height and width, rounded down, bilinearly with aligned corners: source = target * (in - 1) / (out - 1).
     * That is no average of 2x2 blocks.
     *
     * @param x an image of at least 2x2 pixels
     * @return an image of half the height and width
     */
    T halve(T x);

    /**
     * Resizes bilinearly between pixel centres: source = (target + 0.5) * in / out - 0.5, clamped to the image.
     *
     * @param x an image
     * @param like an image of the wanted height and width
     * @return an image of {@code x}'s channels and {@code like}'s height and width
     */
    T resizeLike(T x, T like);

    /**
     * Averages.
     *
     * @param over what to average
     * @param x an image
     * @return one value for each pixel or channel
     */
    T mean(Over over, T x);

    /**
     * Takes the maximum.
     *
     * @param over what to take it of
     * @param x an image
     * @return one value for each pixel or channel
     */
    T max(Over over, T x);

    /**
     * Sums.
     *
     * @param over what to sum
     * @param x an image
     * @return one value for each pixel or channel
     */
    T sum(Over over, T x);

    /**
     * Scales vectors to a Euclidean length of 1; their length counts as 1e-12 at least.
     *
     * @param over what the elements of one vector are
     * @param x an image
     * @return an image of the same shape
     */
    T normalize(Over over, T x);

    /**
     * Stacks channels.
     *
     * @param xs at least one image, all of the same height and width
     * @return an image of all their channels in order
     */
    T concat(List<T> xs);

    /**
     * Stacks channels in turn: the first of each image, then the second of each.
     *
     * @param xs at least one image, all of the same shape
     * @return an image whose channel {@code c * xs.size() + i} is channel {@code c} of {@code xs.get(i)}
     */
    T interleave(List<T> xs);

    /**
     * Picks channels.
     *
     * @param channels their indices, from 0
     * @param x an image
     * @return an image of these channels in this order
     */
    T select(List<Integer> channels, T x);

    /**
     * Appends channels of zeros.
     *
     * @param channels how many
     * @param x an image
     * @return an image of so many channels more
     */
    T appendZeros(int channels, T x);

    /**
     * Makes each run of channels an image of its own: [batch, runs * channels, ...] becomes [batch * runs, channels, ...].
     *
     * @param channels channels of a run, a divisor of the image's
     * @param x an image
     * @return the images of the runs, those of one image in a row
     */
    T channelsToBatch(int channels, T x);

    /**
     * Undoes {@link #channelsToBatch}: [batch * runs, channels, ...] becomes [batch, runs * channels, ...].
     *
     * @param runs images that make one
     * @param x images
     * @return an image
     */
    T batchToChannels(int runs, T x);

    /**
     * Cuts windows out: each becomes an image of its own, those of one image in a row.
     *
     * @param windows where they lie
     * @param x an image of {@code windows.image()} pixels in height and width
     * @return images of {@code windows.size()} pixels, [batch * windows, channels, size, size]
     */
    T cut(Windows windows, T x);

    /**
     * Puts windows back into their places, the reverse of {@link #cut}; where they overlap, they add up.
     *
     * @param windows where they lie
     * @param x images of {@code windows.size()} pixels
     * @return an image of {@code windows.image()} pixels in height and width
     */
    T assemble(Windows windows, T x);

    /**
     * Adds.
     *
     * @param a an image
     * @param b an image
     * @return a + b
     */
    T add(T a, T b);

    /**
     * Subtracts.
     *
     * @param a an image
     * @param b an image
     * @return a - b
     */
    T sub(T a, T b);

    /**
     * Multiplies element by element.
     *
     * @param a an image
     * @param b an image
     * @return a * b
     */
    T mul(T a, T b);

    /**
     * Divides element by element.
     *
     * @param a an image
     * @param b an image
     * @return a / b
     */
    T div(T a, T b);

    /**
     * Multiplies by a number.
     *
     * @param factor the number
     * @param x an image
     * @return factor * x
     */
    T times(double factor, T x);

    /**
     * Adds a number.
     *
     * @param term the number
     * @param x an image
     * @return term + x
     */
    T plus(double term, T x);

    /**
     * Attention whose cost grows linearly with the pixels: each pixel's query times the sum over all pixels of key times
     * value, divided by the square root of the number of pixels.
     *
     * @param query an image
     * @param key an image of the same shape
     * @param value an image of the same height and width
     * @return query * (transposed key * value) / sqrt(pixels), of {@code value}'s shape
     */
    T linearAttention(T query, T key, T value);
}
