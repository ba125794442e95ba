package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.ArrayList;
import java.util.List;

/**
 * AMFU-Net, the attention multi-scale feature fusion U-Net: each decoder stage sees the features of all five scales,
 * and one attention block serves all stages.
 *
 * <p>Source: the AMFU-Net paper and its code in the official RRCANet repository. {@link #forward} gives six logits: one
 * for each scale from the coarsest to the finest, then their mean, the prediction. In training the statistics of the
 * common attention block follow four times a step, once for each stage.
 */
public final class AMFUNet implements Network {
    private static final Cbam CBAM = new Cbam(8, 3);
    private static final int SCALES = FullScaleStage.ENCODED.size();

    private final int inputChannels;

    private AMFUNet(int inputChannels) {
        this.inputChannels = InputChannels.require("AMFU", inputChannels);
    }

    /**
     * The network of the paper.
     *
     * @return the network with 1 input channel; 472 809 parameters
     */
    public static AMFUNet standard() {
        return new AMFUNet(1);
    }

    /**
     * This network for another number of input channels.
     *
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return a changed copy
     */
    public AMFUNet withInputChannels(int inputChannels) {
        return new AMFUNet(inputChannels);
    }

    @Override
    public String name() {
        return "AMFU";
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
        List<Conv2d> heads = new ArrayList<>();
        for (int scale = SCALES; scale >= 1; scale--) {
            heads.add(head(scale));
        }
        return heads;
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        List<T> features = encode(ops, image);
        CbamResBlock attention = new CbamResBlock("cat_attn", FullScaleStage.FUSED, FullScaleStage.FUSED, CBAM);
        for (int stage = SCALES - 1; stage >= 1; stage--) {
            FullScaleStage decoder = new FullScaleStage(stage, "", FullScaleStage.FUSED);
            features.set(stage - 1, decoder.apply(ops, features, x -> attention.apply(ops, x)));
        }
        List<T> outputs = new ArrayList<>();
        for (int scale = SCALES; scale >= 1; scale--) {
            outputs.add(side(ops, scale, features.get(scale - 1)));
        }
        T sum = outputs.stream().reduce(ops::add).orElseThrow();
        outputs.add(ops.times(1.0 / SCALES, sum));
        return outputs;
    }

    private <T> List<T> encode(Ops<T> ops, T image) {
        List<T> features = new ArrayList<>();
        T x = new CbamResBlock("conv1", inputChannels, channels(1), CBAM).apply(ops, image);
        features.add(x);
        for (int scale = 2; scale <= SCALES; scale++) {
            T halved = ops.maxPool(MaxPool.by("maxpool" + (scale - 1), 2), x);
            x = new CbamResBlock("conv" + scale, channels(scale - 1), channels(scale), CBAM).apply(ops, halved);
            features.add(x);
        }
        return features;
    }

    private static int channels(int scale) {
        return FullScaleStage.ENCODED.get(scale - 1);
    }

    private static Conv2d head(int scale) {
        return Conv2d.of("outconv" + scale, scale == SCALES ? channels(scale) : FullScaleStage.FUSED, 1, 3);
    }

    private static <T> T side(Ops<T> ops, int scale, T feature) {
        T logits = ops.conv(head(scale), feature);
        return scale == 1 ? logits : ops.upsample(Upsample.bilinear("upscore" + scale, 1 << (scale - 1)), logits);
    }
}
