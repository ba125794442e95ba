package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.ArrayList;
import java.util.List;

/**
 * AMFU-Net that runs several times over the same convolutions (RuCB), the features of all rounds giving the logits.
 *
 * <p>No code of it is public: the RRCANet paper says that RuCB was put into AMFU-Net and gives 0.489 M parameters. What is
 * shared and what is fresh in each round is this project's own reading, which comes to 489 223 with 3 input channels.
 * Convolutions and attention are shared, normalisations and the encoder's shortcuts are fresh; there are no side
 * outputs.
 */
public final class AMFUNetRuCB implements Network {
    private static final Cbam CBAM = new Cbam(8, 3);
    private static final int SCALES = FullScaleStage.ENCODED.size();
    private static final int WIDTH = FullScaleStage.ENCODED.get(0);
    private static final Conv2d HEAD = Conv2d.of("final", WIDTH, 1, 1);

    private final String name;
    private final int inputChannels;
    private final int iterations;
    private final List<RucBlock> encoder = new ArrayList<>();
    private final RucBlock attention;

    private AMFUNetRuCB(String name, int inputChannels, int iterations) {
        this.name = name;
        this.inputChannels = InputChannels.require("AMFU+RuCB", inputChannels);
        this.iterations = iterations;
        if (iterations < 0) {
            throw new IllegalArgumentException("no AMFU+RuCB with " + iterations + " iterations (at least 0)");
        }
        for (int scale = 1; scale <= SCALES; scale++) {
            encoder.add(unit("conv" + scale, channels(Math.max(scale - 1, 1)), channels(scale)));
        }
        attention = unit("cat_attn", FullScaleStage.FUSED, FullScaleStage.FUSED);
    }

    private RucBlock unit(String name, int in, int out) {
        return new RucBlock(round -> inRound(round) + name, iterations + 1, in, out, 1).withAttention(CBAM);
    }

    private static String inRound(int round) {
        return "iteration" + round + "_";
    }

    private static int channels(int scale) {
        return FullScaleStage.ENCODED.get(scale - 1);
    }

    /**
     * The network of any number of iterations.
     *
     * @param name the name it goes by
     * @param iterations repetitions after the first round, at least 0
     * @return the network with 1 input channel
     */
    public static AMFUNetRuCB of(String name, int iterations) {
        return new AMFUNetRuCB(name, 1, iterations);
    }

    /**
     * The network of two iterations, as in the paper.
     *
     * @return the network with 1 input channel; 489 063 parameters
     */
    public static AMFUNetRuCB standard() {
        return of("AMFU+RuCB", 2);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy of the same name
     */
    public AMFUNetRuCB withInputChannels(int inputChannels) {
        return new AMFUNetRuCB(name, inputChannels, iterations);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1 << (SCALES - 1));
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(HEAD);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x = new CbamResBlock("pre", inputChannels, WIDTH, CBAM).apply(ops, image);
        List<T> rounds = new ArrayList<>();
        for (int round = 0; round <= iterations; round++) {
            x = round(ops.withoutModules(), round, x);
            rounds.add(x);
        }
        T stacked = new ResBlock("post", rounds.size() * WIDTH, WIDTH).apply(ops, ops.concat(rounds));
        return List.of(ops.conv(HEAD, stacked));
    }

    private <T> T round(Ops<T> ops, int round, T x) {
        List<T> features = new ArrayList<>();
        for (int scale = 1; scale <= SCALES; scale++) {
            T seen = scale == 1 ? x : ops.maxPool(MaxPool.by("maxpool" + (scale - 1), 2), x);
            x = encoder.get(scale - 1).apply(ops, round, seen);
            features.add(x);
        }
        for (int stage = SCALES - 1; stage >= 1; stage--) {
            FullScaleStage decoder =
                    new FullScaleStage(stage, inRound(round), stage == 1 ? WIDTH : FullScaleStage.FUSED);
            features.set(stage - 1, decoder.apply(ops, features, y -> attention.apply(ops, round, y)));
        }
        return features.get(0);
    }
}
