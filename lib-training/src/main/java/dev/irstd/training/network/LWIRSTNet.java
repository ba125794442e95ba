package dev.irstd.training.network;

import dev.irstd.Geometry;
import dev.irstd.training.network.Bottleneck.Asymmetric;
import dev.irstd.training.network.Bottleneck.Core;
import dev.irstd.training.network.Bottleneck.Depthwise;
import dev.irstd.training.network.Bottleneck.Dilated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LW-IRSTNet, a lightweight encoder and decoder of residual bottlenecks, most of them at an eighth of the size.
 *
 * <p>Source: the LW-IRSTNet paper (TGRS 2023), as the official RRCANet code has it. The paper's 0.163 M parameters are
 * those of 3 input channels without three convolutions that the code declares and never uses. The last layer has no bias,
 * so that an untrained network gives about one half everywhere.
 */
public final class LWIRSTNet implements Network {
    private static final String NAME = "LW-IRSTNet";
    private static final double LITTLE_DROPOUT = 0.01;
    private static final double DROPOUT = 0.1;

    private static final Core REGULAR = new Dilated(1);

    private final int inputChannels;

    private LWIRSTNet(int inputChannels) {
        this.inputChannels = InputChannels.require(NAME, inputChannels);
    }

    /**
     * The network of the paper.
     *
     * @return the network with 1 input channel; 165 680 parameters, 4 568 of them unused
     */
    public static LWIRSTNet standard() {
        return new LWIRSTNet(1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public LWIRSTNet withInputChannels(int inputChannels) {
        return new LWIRSTNet(inputChannels);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int inputChannels() {
        return inputChannels;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(8);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of();
    }

    @Override
    public List<Layer> unused() {
        return List.of(
                pointwise("ext_conv1.0", 64, 32),
                new BatchNorm("ext_conv1.1", 32),
                pointwise("ext_conv2.0", 16, 8),
                new BatchNorm("ext_conv2.1", 8),
                pointwise("conv1", 64, 32),
                pointwise("conv2", 32, 8),
                pointwise("conv3", 8, 1));
    }

    private static Conv2d pointwise(String name, int in, int out) {
        return Conv2d.of(name, in, out, 1).withoutBias();
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        T x1 = initial(ops, image);
        T x2 = new DownBottleneck("downsample1_0", 8, 32, LITTLE_DROPOUT).apply(ops, x1);
        for (int i = 1; i <= 4; i++) {
            x2 = new Bottleneck("regular1_" + i, 32, REGULAR, Rectifier.PRELU, LITTLE_DROPOUT).apply(ops, x2);
        }
        T x = new DownBottleneck("downsample2_0", 32, 64, DROPOUT).apply(ops, x2);
        x = context(ops, 2, 3, 5, x);
        x = context(ops, 3, 7, 9, x);
        x = ops.add(ops.transposedConv(up("transposed4_conv", 64, 32), x), x2);
        x = new Bottleneck("regular4_1", 32, REGULAR, Rectifier.RELU, DROPOUT).apply(ops, x);
        x = new Bottleneck("regular4_2", 32, REGULAR, Rectifier.RELU, DROPOUT).apply(ops, x);
        x = ops.add(ops.transposedConv(up("transposed5_conv", 32, 8), x), x1);
        x = new Bottleneck("regular5_1", 8, REGULAR, Rectifier.RELU, DROPOUT).apply(ops, x);
        return List.of(ops.transposedConv(up("transposed6_conv", 8, 1), x));
    }

    private <T> T initial(Ops<T> ops, T image) {
        Conv2d conv = Conv2d.of("initial_block.main_branch", inputChannels, 8 - inputChannels, 3)
                .withStride(2)
                .withoutBias();
        MaxPool pool = new MaxPool("initial_block.ext_branch", 3, 2, 1, MaxPool.Edge.DROP);
        T x = ops.concat(List.of(ops.conv(conv, image), ops.maxPool(pool, image)));
        x = ops.batchNorm(new BatchNorm("initial_block.batch_norm", 8), x);
        return ops.prelu(new PRelu("initial_block.out_activation"), x);
    }

    /** Eight bottlenecks that look ever further around, two of them along columns and rows of the given lengths. */
    private static <T> T context(Ops<T> ops, int stage, int shortKernel, int longKernel, T x) {
        Map<String, Core> cores = new LinkedHashMap<>();
        cores.put("Depthwise%d_1", new Depthwise());
        cores.put("Atrous%d_2", new Dilated(2));
        cores.put("Asymmetric%d_3", new Asymmetric(shortKernel));
        cores.put("Atrous%d_4", new Dilated(4));
        cores.put("Depthwise%d_5", new Depthwise());
        cores.put("Atrous%d_6", new Dilated(8));
        cores.put("Asymmetric%d_7", new Asymmetric(longKernel));
        cores.put("Atrous%d_8", new Dilated(16));
        for (Map.Entry<String, Core> entry : cores.entrySet()) {
            String name = entry.getKey().formatted(stage);
            x = new Bottleneck(name, 64, entry.getValue(), Rectifier.PRELU, DROPOUT).apply(ops, x);
        }
        return x;
    }

    private static TransposedConv2d up(String name, int in, int out) {
        return new TransposedConv2d(name, in, out, 3, false);
    }
}
