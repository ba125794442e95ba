package dev.irstd.training.network;

import dev.irstd.training.network.RecurrentOptions.Fusion;
import java.util.ArrayList;
import java.util.List;

/**
 * What RRCANet and ResUNet+RuCB have in common: an encoder of {@link RucBlock}s and a decoder run several times, each
 * round on the result of the one before, and one output stage sees what {@link Fusion} leaves of the rounds.
 *
 * @param options its options
 * @param decoder how the decoder merges two levels
 */
record RecurrentUNet(RecurrentOptions options, Decoder decoder) {
    private static final MaxPool POOL = MaxPool.by("pool", 2);
    private static final Upsample UP = Upsample.aligned("up", 2);

    /** How the decoder merges two levels. */
    interface Decoder {
        /**
         * Merges into a feature of {@code options.channels(level)} channels.
         *
         * @param level the level of the shallow feature
         * @param deep the feature of the level below, already enlarged
         */
        <T> T merge(Ops<T> ops, int round, int level, T shallow, T deep);
    }

    Conv2d head() {
        return Conv2d.of("final", options.width(), 1, 1);
    }

    <T> List<T> forward(Ops<T> ops, T image) {
        T x = new ResBlock("conv0_0.0", options.inputChannels(), options.width()).apply(ops, image);
        List<T> rounds = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            x = round(ops, round, x);
            rounds.add(x);
        }
        if (options.stacks()) {
            return List.of(logits(ops, options.width() * rounds.size(), ops.concat(rounds)));
        }
        List<T> supervised = options.fusion() == Fusion.SUPERVISE ? rounds : List.of(x);
        return supervised.stream()
                .map(feature -> logits(ops, options.width(), feature))
                .toList();
    }

    private <T> T round(Ops<T> ops, int round, T x) {
        List<T> shallow = new ArrayList<>();
        int deepest = options.levels() - 1;
        for (int level = 0; level < deepest; level++) {
            x = encoder(level).apply(ops, round, x);
            shallow.add(x);
            x = ops.maxPool(POOL, x);
        }
        x = encoder(deepest).apply(ops, round, x);
        for (int level = deepest - 1; level >= 0; level--) {
            x = decoder.merge(ops, round, level, shallow.get(level), ops.upsample(UP, x));
        }
        return x;
    }

    private RucBlock encoder(int level) {
        return new RucBlock(
                round -> "iteration" + round + "_layer" + level + "_encoder_convs",
                options.rounds(),
                options.channels(Math.max(level - 1, 0)),
                options.channels(level),
                options.blocks().get(level));
    }

    private <T> T logits(Ops<T> ops, int channels, T feature) {
        T x = new ResBlock("post_transform_conv_block.0", channels, options.width()).apply(ops, feature);
        return ops.conv(head(), x);
    }
}
