package dev.irstd.training.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Attention of DCONet whose cost grows linearly with the pixels (SOA): queries and keys are shares of their squares, so
 * that all weights are positive without a softmax.
 *
 * @param name module path
 * @param channels channels
 */
record SecondOrderAttention(String name, int channels) {
    private static final double LEAST_SUM = 1e-7;

    <T> T apply(Ops<T> ops, T x) {
        T parts = ops.linear(new Linear(name + ".lnqkv", channels, 3 * channels), x);
        T query = ops.normalize(Over.CHANNELS, shares(ops, part(ops, 0, parts)));
        T key = ops.normalize(Over.PIXELS, shares(ops, part(ops, 1, parts)));
        T value = part(ops, 2, parts);
        T attended = ops.linearAttention(query, key, value);
        return ops.linear(new Linear(name + ".ln", channels, channels), ops.add(ops.add(value, attended), x));
    }

    private <T> T part(Ops<T> ops, int index, T parts) {
        List<Integer> own = IntStream.range(index * channels, (index + 1) * channels)
                .boxed()
                .toList();
        return ops.select(own, parts);
    }

    private static <T> T shares(Ops<T> ops, T x) {
        T centred = ops.sub(x, ops.mean(Over.CHANNELS, x));
        T squares = ops.mul(centred, centred);
        return ops.div(squares, ops.plus(LEAST_SUM, ops.sum(Over.CHANNELS, squares)));
    }
}
