package dev.irstd.benchmarks.djlpytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
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
import java.util.Map;

/** Reads a network as a computation on DJL's arrays: as much as RRCANet needs, by the running statistics. */
final class DjlOps implements Ops<NDArray> {
    private static final int[] CHANNELS = {1};
    private static final int[] ROWS = {2};
    private static final int[] COLUMNS = {3};
    private static final int NEAREST = 0;
    private static final int BILINEAR = 2;

    private final Map<String, NDArray> weights;

    DjlOps(Map<String, NDArray> weights) {
        this.weights = weights;
    }

    @Override
    public NDArray conv(Conv2d conv, NDArray x) {
        return ai.djl.nn.convolutional.Conv2d.conv2d(
                        x,
                        weights.get(conv.weightKey()),
                        conv.bias() ? weights.get(conv.biasKey()) : null,
                        new Shape(conv.stride(), conv.stride()),
                        new Shape(conv.paddingHeight(), conv.paddingWidth()),
                        new Shape(conv.dilation(), conv.dilation()),
                        conv.groups())
                .singletonOrThrow();
    }

    @Override
    public NDArray batchNorm(BatchNorm norm, NDArray x) {
        return ai.djl.nn.norm.BatchNorm.batchNorm(
                        x,
                        weights.get(norm.meanKey()),
                        weights.get(norm.varianceKey()),
                        weights.get(norm.scaleKey()),
                        weights.get(norm.shiftKey()),
                        1,
                        (float) norm.momentum(),
                        (float) BatchNorm.EPSILON,
                        false)
                .singletonOrThrow();
    }

    @Override
    public NDArray relu(NDArray x) {
        return x.getNDArrayInternal().relu();
    }

    @Override
    public NDArray sigmoid(NDArray x) {
        return x.getNDArrayInternal().sigmoid();
    }

    @Override
    public NDArray maxPool(MaxPool pool, NDArray x) {
        return Pool.maxPool2d(
                x,
                new Shape(pool.kernel(), pool.kernel()),
                new Shape(pool.stride(), pool.stride()),
                new Shape(pool.padding(), pool.padding()),
                pool.edge() == MaxPool.Edge.KEEP);
    }

    /** Not through {@code NDArrayEx.interpolation}, which never aligns corners, whatever it is told. */
    @Override
    public NDArray upsample(Upsample upsample, NDArray x) {
        long[] size = {
            upsample.factor() * x.getShape().get(2),
            upsample.factor() * x.getShape().get(3)
        };
        boolean nearest = upsample.interpolation() == Upsample.Interpolation.NEAREST;
        boolean aligned = upsample.interpolation() == Upsample.Interpolation.BILINEAR_ALIGNED;
        return JniUtils.interpolate((PtNDArray) x, size, nearest ? NEAREST : BILINEAR, aligned);
    }

    /** Row by row and then their column, as DJL averages over one dimension at a time. */
    @Override
    public NDArray mean(Over over, NDArray x) {
        return over == Over.CHANNELS ? x.mean(CHANNELS, true) : x.mean(COLUMNS, true).mean(ROWS, true);
    }

    @Override
    public NDArray max(Over over, NDArray x) {
        return over == Over.CHANNELS ? x.max(CHANNELS, true) : x.max(COLUMNS, true).max(ROWS, true);
    }

    @Override
    public NDArray concat(List<NDArray> xs) {
        return NDArrays.concat(new NDList(xs), 1);
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
        return a.add(b);
    }

    @Override
    public NDArray mul(NDArray a, NDArray b) {
        return a.mul(b);
    }

    @Override
    public NDArray transposedConv(TransposedConv2d conv, NDArray x) {
        throw unused("transposedConv");
    }

    @Override
    public NDArray linear(Linear linear, NDArray x) {
        throw unused("linear");
    }

    @Override
    public NDArray instanceNorm(BatchNorm norm, NDArray x) {
        throw unused("instanceNorm");
    }

    @Override
    public NDArray channelScale(ChannelScale scale, NDArray x) {
        throw unused("channelScale");
    }

    @Override
    public NDArray prelu(PRelu prelu, NDArray x) {
        throw unused("prelu");
    }

    @Override
    public NDArray gelu(NDArray x) {
        throw unused("gelu");
    }

    @Override
    public NDArray tanh(NDArray x) {
        throw unused("tanh");
    }

    @Override
    public NDArray softmax(NDArray x) {
        throw unused("softmax");
    }

    @Override
    public NDArray dropChannels(double rate, NDArray x) {
        throw unused("dropChannels");
    }

    @Override
    public NDArray dropout(double rate, NDArray x) {
        throw unused("dropout");
    }

    @Override
    public NDArray halve(NDArray x) {
        throw unused("halve");
    }

    @Override
    public NDArray resizeLike(NDArray x, NDArray like) {
        throw unused("resizeLike");
    }

    @Override
    public NDArray sum(Over over, NDArray x) {
        throw unused("sum");
    }

    @Override
    public NDArray normalize(Over over, NDArray x) {
        throw unused("normalize");
    }

    @Override
    public NDArray interleave(List<NDArray> xs) {
        throw unused("interleave");
    }

    @Override
    public NDArray select(List<Integer> channels, NDArray x) {
        throw unused("select");
    }

    @Override
    public NDArray appendZeros(int channels, NDArray x) {
        throw unused("appendZeros");
    }

    @Override
    public NDArray channelsToBatch(int channels, NDArray x) {
        throw unused("channelsToBatch");
    }

    @Override
    public NDArray batchToChannels(int runs, NDArray x) {
        throw unused("batchToChannels");
    }

    @Override
    public NDArray cut(Windows windows, NDArray x) {
        throw unused("cut");
    }

    @Override
    public NDArray assemble(Windows windows, NDArray x) {
        throw unused("assemble");
    }

    @Override
    public NDArray sub(NDArray a, NDArray b) {
        throw unused("sub");
    }

    @Override
    public NDArray div(NDArray a, NDArray b) {
        throw unused("div");
    }

    @Override
    public NDArray times(double factor, NDArray x) {
        throw unused("times");
    }

    @Override
    public NDArray plus(double term, NDArray x) {
        throw unused("plus");
    }

    @Override
    public NDArray linearAttention(NDArray query, NDArray key, NDArray value) {
        throw unused("linearAttention");
    }

    private static UnsupportedOperationException unused(String operation) {
        return new UnsupportedOperationException(operation + ": RRCANet does without");
    }
}
