package dev.irstd.training.torch;

import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.ChannelScale;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Linear;
import dev.irstd.training.network.MaxPool;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Over;
import dev.irstd.training.network.PRelu;
import dev.irstd.training.network.TransposedConv2d;
import dev.irstd.training.network.Upsample;
import dev.irstd.training.network.Windows;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads a network as a computation on PyTorch tensors. */
final class TorchOps implements Ops<Tensor> {
    /** Which statistics normalise. */
    enum Mode {
        /** Those of the batch; the running ones follow. */
        TRAINING,
        /** The running ones. */
        EVALUATION
    }

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};
    private static final long[] CHANNELS = {1};
    private static final long[] PIXELS = {2, 3};
    private static final double SHORTEST = 1e-12;

    private final TorchWeights weights;
    private final Mode mode;

    TorchOps(TorchWeights weights, Mode mode) {
        this.weights = weights;
        this.mode = mode;
    }

    @Override
    public Tensor conv(Conv2d conv, Tensor x) {
        return torch.conv2d(
                x,
                weights.get(conv.weightKey()),
                conv.bias() ? given(conv.biasKey()) : new TensorOptional(),
                new long[] {conv.stride(), conv.stride()},
                new long[] {conv.paddingHeight(), conv.paddingWidth()},
                new long[] {conv.dilation(), conv.dilation()},
                conv.groups());
    }

    @Override
    public Tensor transposedConv(TransposedConv2d conv, Tensor x) {
        return torch.conv_transpose2d(
                x,
                weights.get(conv.weightKey()),
                conv.bias() ? given(conv.biasKey()) : new TensorOptional(),
                new long[] {TransposedConv2d.STRIDE, TransposedConv2d.STRIDE},
                new long[] {TransposedConv2d.PADDING, TransposedConv2d.PADDING},
                new long[] {conv.outputPadding(), conv.outputPadding()},
                1,
                ONE);
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        Tensor kernel = weights.get(linear.weightKey()).reshape(linear.out(), linear.in(), 1, 1);
        return torch.conv2d(x, kernel, given(linear.biasKey()), ONE, NONE, ONE, 1);
    }

    @Override
    public Tensor batchNorm(BatchNorm norm, Tensor x) {
        if (mode == Mode.TRAINING && x.numel() == norm.channels()) {
            // PyTorch would go on and make the running variance NaN.
            throw new IllegalArgumentException(weights.network().name() + " cannot train on a single image here: norm "
                    + norm.name() + " sees one value a channel, which has no variance; give batches of at least 2");
        }
        return torch.batch_norm(
                x,
                given(norm.scaleKey()),
                given(norm.shiftKey()),
                given(norm.meanKey()),
                given(norm.varianceKey()),
                mode == Mode.TRAINING,
                norm.momentum(),
                BatchNorm.EPSILON,
                true);
    }

    @Override
    public Tensor instanceNorm(BatchNorm norm, Tensor x) {
        return torch.instance_norm(
                x,
                given(norm.scaleKey()),
                given(norm.shiftKey()),
                new TensorOptional(),
                new TensorOptional(),
                true,
                norm.momentum(),
                BatchNorm.EPSILON,
                true);
    }

    private TensorOptional given(String key) {
        return new TensorOptional(weights.get(key));
    }

    @Override
    public Tensor channelScale(ChannelScale scale, Tensor x) {
        return x.mul(weights.get(scale.name()).reshape(1, -1, 1, 1));
    }

    @Override
    public Tensor relu(Tensor x) {
        return x.relu();
    }

    @Override
    public Tensor prelu(PRelu prelu, Tensor x) {
        return torch.prelu(x, weights.get(prelu.slopeKey()));
    }

    @Override
    public Tensor gelu(Tensor x) {
        return torch.gelu(x);
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor tanh(Tensor x) {
        return x.tanh();
    }

    @Override
    public Tensor softmax(Tensor x) {
        return torch.softmax(x.flatten(2, -1), -1).reshape(x.sizes());
    }

    @Override
    public Tensor dropChannels(double rate, Tensor x) {
        return torch.feature_dropout(x, rate, mode == Mode.TRAINING);
    }

    @Override
    public Tensor dropout(double rate, Tensor x) {
        return torch.dropout(x, rate, mode == Mode.TRAINING);
    }

    @Override
    public Tensor maxPool(MaxPool pool, Tensor x) {
        return torch.max_pool2d(
                x,
                new long[] {pool.kernel(), pool.kernel()},
                new long[] {pool.stride(), pool.stride()},
                new long[] {pool.padding(), pool.padding()},
                ONE,
                pool.edge() == MaxPool.Edge.KEEP);
    }

    @Override
    public Tensor upsample(Upsample upsample, Tensor x) {
        long[] size = {upsample.factor() * x.size(2), upsample.factor() * x.size(3)};
        return switch (upsample.interpolation()) {
            case BILINEAR_ALIGNED -> torch.upsample_bilinear2d(x, size, true);
            case BILINEAR -> torch.upsample_bilinear2d(x, size, false);
            case NEAREST -> torch.upsample_nearest2d(x, size);
        };
    }

    @Override
    public Tensor halve(Tensor x) {
        return torch.upsample_bilinear2d(x, new long[] {x.size(2) / 2, x.size(3) / 2}, true);
    }

    @Override
    public Tensor resizeLike(Tensor x, Tensor like) {
        return torch.upsample_bilinear2d(x, new long[] {like.size(2), like.size(3)}, false);
    }

    @Override
    public Tensor mean(Over over, Tensor x) {
        return over == Over.PIXELS
                ? torch.adaptive_avg_pool2d(x, ONE)
                : torch.mean(x, CHANNELS, true, new ScalarTypeOptional());
    }

    @Override
    public Tensor max(Over over, Tensor x) {
        return torch.amax(x, dimensions(over), true);
    }

    @Override
    public Tensor sum(Over over, Tensor x) {
        return torch.sum(x, dimensions(over), true, new ScalarTypeOptional());
    }

    @Override
    public Tensor normalize(Over over, Tensor x) {
        Tensor square = torch.sum(x.mul(x), dimensions(over), true, new ScalarTypeOptional());
        // Under the root, because a root has no gradient at 0.
        return x.div(square.clamp_min(new Scalar(SHORTEST * SHORTEST)).sqrt());
    }

    private static long[] dimensions(Over over) {
        return over == Over.PIXELS ? PIXELS : CHANNELS;
    }

    @Override
    public Tensor concat(List<Tensor> xs) {
        return torch.cat(new TensorVector(xs.toArray(Tensor[]::new)), 1);
    }

    @Override
    public Tensor interleave(List<Tensor> xs) {
        return torch.stack(new TensorVector(xs.toArray(Tensor[]::new)), 2).flatten(1, 2);
    }

    @Override
    public Tensor select(List<Integer> channels, Tensor x) {
        long[] indices = channels.stream().mapToLong(Integer::longValue).toArray();
        return torch.index_select(x, 1, Tensor.create(indices).to(x.device(), ScalarType.Long));
    }

    @Override
    public Tensor appendZeros(int channels, Tensor x) {
        return torch.constant_pad_nd(x, new long[] {0, 0, 0, 0, 0, channels});
    }

    @Override
    public Tensor channelsToBatch(int channels, Tensor x) {
        return x.reshape(-1, channels, x.size(2), x.size(3));
    }

    @Override
    public Tensor batchToChannels(int runs, Tensor x) {
        return x.reshape(-1, runs * x.size(1), x.size(2), x.size(3));
    }

    @Override
    public Tensor cut(Windows windows, Tensor x) {
        long[] size = square(windows.size());
        Tensor columns = torch.im2col(x, size, ONE, square(windows.padding()), square(windows.stride()));
        return columns.transpose(1, 2).reshape(-1, x.size(1), windows.size(), windows.size());
    }

    @Override
    public Tensor assemble(Windows windows, Tensor x) {
        long[] size = square(windows.size());
        Tensor columns = x.reshape(-1, windows.count(), x.size(1) * windows.size() * windows.size())
                .transpose(1, 2);
        return torch.col2im(
                columns, square(windows.image()), size, ONE, square(windows.padding()), square(windows.stride()));
    }

    private static long[] square(long side) {
        return new long[] {side, side};
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor sub(Tensor a, Tensor b) {
        return a.sub(b);
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return a.mul(b);
    }

    @Override
    public Tensor div(Tensor a, Tensor b) {
        return a.div(b);
    }

    @Override
    public Tensor times(double factor, Tensor x) {
        return x.mul(new Scalar(factor));
    }

    @Override
    public Tensor plus(double term, Tensor x) {
        return x.add(new Scalar(term));
    }

    @Override
    public Tensor linearAttention(Tensor query, Tensor key, Tensor value) {
        Tensor context = value.flatten(2, -1).matmul(key.flatten(2, -1).transpose(1, 2));
        double pixels = value.size(2) * value.size(3);
        return context.matmul(query.flatten(2, -1))
                .div(new Scalar(Math.sqrt(pixels)))
                .reshape(value.sizes());
    }
}
