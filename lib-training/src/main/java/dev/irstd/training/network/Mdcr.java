package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multi-dilation channel refiner: each quarter of the channels is looked at from another distance, then the four views of
 * each place are mixed.
 *
 * @param name module path
 */
record Mdcr(String name) {
    static final int CHANNELS = 512;

    private static final List<Integer> DILATIONS = List.of(2, 8, 12, 18);
    private static final int VIEWS = DILATIONS.size();
    private static final int QUARTER = CHANNELS / VIEWS;

    <T> T apply(Ops<T> ops, T x) {
        List<T> views = new ArrayList<>();
        for (int view = 0; view < VIEWS; view++) {
            String block = name + ".block" + (view + 1);
            Conv2d conv = Conv2d.depthwise(block + ".conv", QUARTER, 3, 3).withDilation(DILATIONS.get(view));
            views.add(refine(ops, block, conv, ops.select(quarter(view), x)));
        }
        T fours = ops.channelsToBatch(VIEWS, ops.interleave(views));
        T mixed = refine(ops, name + ".out_s", Conv2d.of(name + ".out_s.conv", VIEWS, VIEWS, 1), fours);
        T together = ops.batchToChannels(QUARTER, mixed);
        return refine(ops, name + ".out", Conv2d.of(name + ".out.conv", CHANNELS, CHANNELS, 1), together);
    }

    private static List<Integer> quarter(int view) {
        return IntStream.range(view * QUARTER, (view + 1) * QUARTER).boxed().toList();
    }

    private static <T> T refine(Ops<T> ops, String block, Conv2d conv, T x) {
        return ops.relu(ops.batchNorm(new BatchNorm(block + ".norm", conv.out()), ops.conv(conv, x)));
    }
}
