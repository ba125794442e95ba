package dev.irstd.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A decoder stage of AMFU-Net: brings the features of all five scales to its own scale, eight channels each, and fuses
 * them.
 *
 * @param stage its scale, from 4 to 1, the finest
 * @param norms what the names of its batch norms begin with
 * @param out channels of the result
 */
record FullScaleStage(int stage, String norms, int out) {
    /** Channels of the encoder's scales. */
    static final List<Integer> ENCODED = List.of(8, 16, 32, 64, 128);

    /** Channels of the branches together, and of a stage's result as a rule. */
    static final int FUSED = 40;

    private static final int SCALES = ENCODED.size();
    private static final int BRANCH = FUSED / SCALES;

    /** The features are the encoder's up to the own scale and the decoder's beyond. */
    <T> T apply(Ops<T> ops, List<T> features, UnaryOperator<T> attention) {
        List<T> branches = new ArrayList<>();
        for (int scale = 1; scale <= SCALES; scale++) {
            branches.add(branch(ops, scale, features.get(scale - 1)));
        }
        T x = attention.apply(ops.concat(branches));
        Conv2d fusion = Conv2d.of("conv" + stage + "d_1", FUSED, out, 3);
        return normalised(ops, fusion, "bn" + stage + "d_1", x);
    }

    private <T> T branch(Ops<T> ops, int scale, T x) {
        if (scale < stage) {
            String name = "h" + scale + "_PT_hd" + stage;
            MaxPool pool = MaxPool.by(name, 1 << (stage - scale)).keepingEdges();
            return narrowed(ops, name, encoded(scale), ops.maxPool(pool, x));
        }
        if (scale == stage) {
            return narrowed(ops, "h" + scale + "_Cat_hd" + stage, encoded(scale), x);
        }
        String name = "hd" + scale + "_UT_hd" + stage;
        Upsample up = Upsample.bilinear(name, 1 << (scale - stage));
        return narrowed(ops, name, scale == SCALES ? encoded(scale) : FUSED, ops.upsample(up, x));
    }

    private static int encoded(int scale) {
        return ENCODED.get(scale - 1);
    }

    private <T> T narrowed(Ops<T> ops, String name, int in, T x) {
        return normalised(ops, Conv2d.of(name + "_conv", in, BRANCH, 3), name + "_bn", x);
    }

    private <T> T normalised(Ops<T> ops, Conv2d conv, String norm, T x) {
        return ops.relu(ops.batchNorm(new BatchNorm(norms + norm, conv.out()), ops.conv(conv, x)));
    }
}
