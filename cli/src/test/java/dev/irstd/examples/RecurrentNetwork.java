package dev.irstd.examples;

import dev.irstd.Geometry;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.MaxPool;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.RucBlock;
import dev.irstd.training.network.Upsample;
import java.util.ArrayList;
import java.util.List;

/** Two levels that run three times over the same convolutions; the head sees all three results. */
record RecurrentNetwork(int inputChannels) implements Network {
    private static final int ROUNDS = 3;
    private static final RucBlock FINE = block("fine", 8, 8);
    private static final RucBlock COARSE = block("coarse", 8, 16);
    private static final RucBlock MERGED = block("merged", 8 + 16, 8);
    private static final Conv2d HEAD = Conv2d.of("head", ROUNDS * 8, 1, 1);

    private static RucBlock block(String name, int in, int out) {
        return new RucBlock(round -> "round" + round + "." + name, ROUNDS, in, out, 1);
    }

    @Override
    public String name() {
        return "Recurrent-8";
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(2);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(HEAD);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x = ops.conv(Conv2d.of("stem.conv", inputChannels, 8, 3), image);
        x = ops.relu(ops.batchNorm(new BatchNorm("stem.norm", 8), x));
        List<T> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            T fine = FINE.apply(ops, round, x);
            T coarse = COARSE.apply(ops, round, ops.maxPool(MaxPool.by("pool", 2), fine));
            T enlarged = ops.upsample(Upsample.aligned("up", 2), coarse);
            x = MERGED.apply(ops, round, ops.concat(List.of(fine, enlarged)));
            rounds.add(x);
        }
        return List.of(ops.conv(HEAD, ops.concat(rounds)));
    }
}
