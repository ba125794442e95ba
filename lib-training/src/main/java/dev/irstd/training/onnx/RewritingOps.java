package dev.irstd.training.onnx;

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
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Reads a network as an ONNX graph that computes the same with less: what follows a convolution folds into it, 1x1
 * convolutions and factors for channels come before enlarging, and layers of few channels see pixels in pairs. What it
 * does not know it leaves to {@link OnnxOps}.
 */
final class RewritingOps implements Ops<Value> {
    private final Canvas canvas;
    private final OnnxOps ops;
    private final Weights weights;

    RewritingOps(Canvas canvas, OnnxOps ops, Weights weights) {
        this.canvas = canvas;
        this.ops = ops;
        this.weights = weights;
    }

    Value image() {
        return new Written(canvas, canvas.extent(), List.of(), canvas::image);
    }

    /** Decides at once how a value comes about: asked later, a deep network would ask all the way back to its image. */
    private static Value settled(Value value) {
        value.inPairs();
        return value;
    }

    /** The result of an operation on plain pixels. */
    private Value plain(UnaryOperator<String> operation, Extent extent, Value x) {
        return new Written(canvas, extent, List.of(x), () -> operation.apply(x.plain()));
    }

    private Value elementwise(UnaryOperator<String> operation, Value x) {
        return settled(new Elementwise(canvas, List.of(x), names -> operation.apply(names.get(0))));
    }

    private Value elementwise(BinaryOperator<String> operation, Value a, Value b) {
        return settled(new Elementwise(canvas, List.of(a, b), names -> operation.apply(names.get(0), names.get(1))));
    }

    @Override
    public Value conv(Conv2d conv, Value x) {
        boolean pointwise = conv.kernelHeight() == 1 && conv.kernelWidth() == 1 && conv.stride() == 1;
        if (x instanceof Enlarged enlarged && pointwise && conv.out() <= conv.in()) {
            return enlarged.of(conv(conv, enlarged.original()));
        }
        Extent extent = divides(conv.kernelHeight(), conv.dilation(), conv.stride(), conv.paddingHeight())
                        && divides(conv.kernelWidth(), conv.dilation(), conv.stride(), conv.paddingWidth())
                ? canvas.divided(x.extent(), conv.stride())
                : x.extent().withScale(Extent.UNKNOWN);
        return settled(new Convolution(canvas, extent.withChannels(conv.out()), conv, Kernel.of(conv, weights), x));
    }

    /** Whether a size that the stride divides is divided by it, neither more nor less. */
    private static boolean divides(int kernel, int dilation, int stride, int padding) {
        int beyond = 2 * padding - dilation * (kernel - 1) - 1;
        return -stride <= beyond && beyond < 0;
    }

    @Override
    public Value transposedConv(TransposedConv2d conv, Value x) {
        return plain(name -> ops.transposedConv(conv, name), enlarged(x, 2).withChannels(conv.out()), x);
    }

    @Override
    public Value linear(Linear linear, Value x) {
        return plain(name -> ops.linear(linear, name), x.extent().withChannels(linear.out()), x);
    }

    @Override
    public Value batchNorm(BatchNorm norm, Value x) {
        if (x instanceof Convolution conv) {
            return conv.with(conv.kernel().then(norm, weights));
        }
        if (x instanceof Enlarged enlarged) {
            return enlarged.of(batchNorm(norm, enlarged.original()));
        }
        return plain(name -> ops.batchNorm(norm, name), x.extent(), x);
    }

    @Override
    public Value instanceNorm(BatchNorm norm, Value x) {
        return plain(name -> ops.instanceNorm(norm, name), x.extent(), x);
    }

    @Override
    public Value channelScale(ChannelScale scale, Value x) {
        if (x instanceof Convolution conv) {
            return conv.with(conv.kernel().then(scale, weights));
        }
        return plain(name -> ops.channelScale(scale, name), x.extent(), x);
    }

    @Override
    public Value relu(Value x) {
        return settled(new Rectified(canvas, x));
    }

    @Override
    public Value prelu(PRelu prelu, Value x) {
        return elementwise(name -> ops.prelu(prelu, name), x);
    }

    @Override
    public Value gelu(Value x) {
        return elementwise(ops::gelu, x);
    }

    @Override
    public Value sigmoid(Value x) {
        return elementwise(ops::sigmoid, x);
    }

    @Override
    public Value tanh(Value x) {
        return elementwise(ops::tanh, x);
    }

    @Override
    public Value softmax(Value x) {
        return plain(ops::softmax, x.extent(), x);
    }

    @Override
    public Value dropChannels(double rate, Value x) {
        return x;
    }

    @Override
    public Value dropout(double rate, Value x) {
        return x;
    }

    @Override
    public Value maxPool(MaxPool pool, Value x) {
        boolean blocks = pool.kernel() == pool.stride() && pool.padding() == 0;
        boolean divides =
                blocks || pool.edge() == MaxPool.Edge.DROP && divides(pool.kernel(), 1, pool.stride(), pool.padding());
        Extent extent =
                divides ? canvas.divided(x.extent(), pool.stride()) : x.extent().withScale(Extent.UNKNOWN);
        if (x.inPairs() && x.parts().size() == 1 && blocks && pool.kernel() == 2) {
            return new Written(
                    canvas, extent, List.of(x), () -> canvas.maxOfBlocks(x.in(Layout.PAIRS), extent.channels()));
        }
        return plain(name -> ops.maxPool(pool, name), extent, x);
    }

    @Override
    public Value upsample(Upsample upsample, Value x) {
        return new Enlarged(canvas, enlarged(x, upsample.factor()), x, name -> ops.upsample(upsample, name));
    }

    private static Extent enlarged(Value x, int factor) {
        int scale = x.extent().scale();
        return x.extent().withScale(scale % factor == 0 ? scale / factor : Extent.UNKNOWN);
    }

    @Override
    public Value halve(Value x) {
        return plain(ops::halve, canvas.divided(x.extent(), 2), x);
    }

    @Override
    public Value resizeLike(Value x, Value like) {
        Extent extent = x.extent().withScale(like.extent().scale());
        return new Written(canvas, extent, List.of(x, like), () -> ops.resizeLike(x.plain(), like.plain()));
    }

    @Override
    public Value mean(Over over, Value x) {
        return plain(name -> ops.mean(over, name), reduced(over, x), x);
    }

    @Override
    public Value max(Over over, Value x) {
        return plain(name -> ops.max(over, name), reduced(over, x), x);
    }

    @Override
    public Value sum(Over over, Value x) {
        return plain(name -> ops.sum(over, name), reduced(over, x), x);
    }

    private static Extent reduced(Over over, Value x) {
        return over == Over.CHANNELS ? x.extent().withChannels(1) : x.extent().withScale(Extent.PIXEL);
    }

    @Override
    public Value normalize(Over over, Value x) {
        return plain(name -> ops.normalize(over, name), x.extent(), x);
    }

    @Override
    public Value concat(List<Value> xs) {
        return settled(new Stacked(canvas, xs, ops::concat));
    }

    @Override
    public Value interleave(List<Value> xs) {
        Extent first = xs.get(0).extent();
        return new Written(
                canvas,
                first.withChannels(xs.size() * first.channels()),
                xs,
                () -> ops.interleave(xs.stream().map(Value::plain).toList()));
    }

    @Override
    public Value select(List<Integer> channels, Value x) {
        return plain(name -> ops.select(channels, name), x.extent().withChannels(channels.size()), x);
    }

    @Override
    public Value appendZeros(int channels, Value x) {
        int sum = x.extent().channels() + channels;
        return plain(name -> ops.appendZeros(channels, name), x.extent().withChannels(sum), x);
    }

    @Override
    public Value channelsToBatch(int channels, Value x) {
        return plain(name -> ops.channelsToBatch(channels, name), new Extent(channels, Extent.UNKNOWN), x);
    }

    @Override
    public Value batchToChannels(int runs, Value x) {
        Extent extent = new Extent(runs * x.extent().channels(), Extent.UNKNOWN);
        return plain(name -> ops.batchToChannels(runs, name), extent, x);
    }

    @Override
    public Value cut(Windows windows, Value x) {
        return plain(name -> ops.cut(windows, name), x.extent().withScale(Extent.UNKNOWN), x);
    }

    @Override
    public Value assemble(Windows windows, Value x) {
        return plain(name -> ops.assemble(windows, name), x.extent().withScale(Extent.UNKNOWN), x);
    }

    @Override
    public Value add(Value a, Value b) {
        return elementwise(ops::add, a, b);
    }

    @Override
    public Value sub(Value a, Value b) {
        return elementwise(ops::sub, a, b);
    }

    @Override
    public Value mul(Value a, Value b) {
        boolean wide = a.extent().channels() > Convolution.CHANNELS_IN_PAIRS;
        if (a instanceof Enlarged enlarged && wide && b.extent().isPixel()) {
            return enlarged.of(inBlocks(mul(enlarged.original(), b)));
        }
        return elementwise(ops::mul, a, b);
    }

    /**
     * Convolves with the identity. ONNX Runtime keeps its blocked layout, in which it enlarges and multiplies faster, from a
     * convolution on, and leaves it where an image is multiplied by a factor for each channel.
     */
    private Value inBlocks(Value x) {
        int channels = x.extent().channels();
        Conv2d conv = Conv2d.of("identity", channels, channels, 1);
        return settled(new Convolution(canvas, x.extent(), conv, Kernel.identity(channels), x));
    }

    @Override
    public Value div(Value a, Value b) {
        return elementwise(ops::div, a, b);
    }

    @Override
    public Value times(double factor, Value x) {
        return elementwise(name -> ops.times(factor, name), x);
    }

    @Override
    public Value plus(double term, Value x) {
        return elementwise(name -> ops.plus(term, name), x);
    }

    @Override
    public Value linearAttention(Value query, Value key, Value value) {
        return new Written(
                canvas,
                value.extent(),
                List.of(query, key, value),
                () -> ops.linearAttention(query.plain(), key.plain(), value.plain()));
    }
}
