package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.List;
import java.util.stream.IntStream;

/**
 * LPNetGA, the local patch network with global attention: features of the whole image are weighted by an attention that
 * sums to 1, and a small network looks at each window of them by itself.
 *
 * <p>It takes grey images of 120x120 pixels and 1 channel, which the published network gets in [0, 1], and gives
 *
 * <ol>
 *   <li>the patches [batch, 100, 30, 30]: the probabilities of the windows that lie in the image, row by row;
 *   <li>the attention [batch, 1, 120, 120];
 *   <li>the fused map [batch, 1, 120, 120], the prediction: all windows, those that reach over the border too, added up
 *       and stretched to [0, 1] in each image. A map that is constant becomes 0, where the official code divides 0 by 0.
 * </ol>
 *
 * <p>So every image has a pixel of 1, whether it holds a target or not. Losses see the patches and the attention, not the
 * fused map.
 *
 * <p>Source: the paper of Chen et al. (IEEE TAES 2022) and its official code, whose two versions compute the same; weights
 * of its checkpoints load by name. In evaluation this is the same too. In training the 256 windows go through the small
 * network as one batch, so that its norms see the statistics of all windows together, where the official code runs it on
 * one window after the other and normalises each time anew.
 */
public final class LPNetGA implements Network {
    /** Which statistics normalise the features when the network is used. */
    public enum Statistics {
        /** The running ones of the training. */
        RUNNING {
            @Override
            <T> T normalise(Ops<T> ops, BatchNorm norm, T x) {
                return ops.batchNorm(norm, x);
            }
        },
        /**
         * Those of each image, and in the small network those of each window: as the official test does, which never
         * leaves the training mode. Also in training each image and each window is normalised by itself then, and the
         * running statistics stay as they are.
         */
        OF_EACH_IMAGE {
            @Override
            <T> T normalise(Ops<T> ops, BatchNorm norm, T x) {
                return ops.instanceNorm(norm, x);
            }
        };

        abstract <T> T normalise(Ops<T> ops, BatchNorm norm, T x);
    }

    private static final int SIDE = 120;
    private static final Windows WINDOWS = new Windows(SIDE, 30, 30, 10);

    /** The windows that lie in the image, of those over the image with zeros around it. */
    private static final List<Integer> INNER = IntStream.range(0, WINDOWS.count())
            .filter(window -> inside(window / WINDOWS.perRow()) && inside(window % WINDOWS.perRow()))
            .boxed()
            .toList();

    /** Keeps 0/0 away from a constant map, and vanishes beside any other range. */
    private static final double LEAST_RANGE = 1e-30;

    private final Statistics statistics;
    private final LocalPatchNet patchNet;

    private LPNetGA(Statistics statistics) {
        this.statistics = statistics;
        patchNet = new LocalPatchNet("lfe", statistics);
    }

    /**
     * The network that normalises by running statistics.
     *
     * @return the network; 925 108 parameters
     */
    public static LPNetGA standard() {
        return new LPNetGA(Statistics.RUNNING);
    }

    /**
     * This network with other statistics.
     *
     * @param statistics which
     * @return a changed copy of the same parameters
     */
    public LPNetGA withStatistics(Statistics statistics) {
        return new LPNetGA(statistics);
    }

    private static boolean inside(int index) {
        int start = index * WINDOWS.stride() - WINDOWS.padding();
        return start >= 0 && start + WINDOWS.size() <= SIDE;
    }

    @Override
    public String name() {
        return "LPNetGA";
    }

    @Override
    public int inputChannels() {
        return 1;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.Resize(SIDE, SIDE, Geometry.Sampling.BILINEAR);
    }

    /** The layer under the sigmoid of the patches. */
    @Override
    public List<Conv2d> heads() {
        return List.of(patchNet.classifier());
    }

    @Override
    public Outputs outputs() {
        return Outputs.PATCHES_AND_ATTENTION;
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T features = blocks(ops, "gfe", List.of(1, 64, 128, 64, 8), image);
        T attention = attention(ops, features);
        T windows = patchNet.apply(ops, ops.cut(WINDOWS, ops.mul(features, attention)));
        T patches = ops.select(INNER, ops.batchToChannels(WINDOWS.count(), windows));
        return List.of(patches, attention, stretch(ops, ops.assemble(WINDOWS, windows)));
    }

    private <T> T attention(Ops<T> ops, T features) {
        T x = blocks(ops, "attn", List.of(8, 32, 64, 128, 64, 32, 1), features);
        return ops.softmax(ops.conv(Conv2d.of("attn.cnn", 1, 1, 1), x));
    }

    private <T> T blocks(Ops<T> ops, String name, List<Integer> channels, T x) {
        for (int block = 1; block < channels.size(); block++) {
            LpNetBlock each =
                    new LpNetBlock(name + ".block" + block, channels.get(block - 1), channels.get(block), statistics);
            x = each.apply(ops, x);
        }
        return x;
    }

    private static <T> T stretch(Ops<T> ops, T map) {
        T highest = ops.max(Over.PIXELS, map);
        T lowest = ops.times(-1, ops.max(Over.PIXELS, ops.times(-1, map)));
        return ops.div(ops.sub(map, lowest), ops.plus(LEAST_RANGE, ops.sub(highest, lowest)));
    }
}
