package dev.irstd.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a network as shapes: checks that they fit, collects the layers and counts what they cost. */
final class OperationCounter implements Ops<OperationCounter.Shape> {
    private final Tally tally;
    private final boolean inModules;

    OperationCounter() {
        this(new Tally(), true);
    }

    private OperationCounter(Tally tally, boolean inModules) {
        this.tally = tally;
        this.inModules = inModules;
    }

    private static final class Tally {
        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private final Map<String, Long> macsOfModule = new LinkedHashMap<>();
        private final Map<String, Long> elementsOfModule = new LinkedHashMap<>();
        private long macs;
    }

    @Override
    public OperationCounter withoutModules() {
        return new OperationCounter(tally, false);
    }

    /**
     * The shape of an image.
     *
     * @param images images that one image of the network's input has become
     * @param module the last module that the image went through
     */
    record Shape(int images, int channels, int height, int width, String module) {
        static Shape input(int channels, int height, int width) {
            return new Shape(1, channels, height, width, "");
        }

        Shape withChannels(int channels) {
            return new Shape(images, channels, height, width, module);
        }

        Shape withSize(int height, int width) {
            return new Shape(images, channels, height, width, module);
        }

        Shape withImages(int images) {
            return new Shape(images, channels, height, width, module);
        }

        Shape from(String module) {
            return new Shape(images, channels, height, width, module);
        }

        boolean sameSize(Shape other) {
            return images == other.images && height == other.height && width == other.width;
        }

        boolean same(Shape other) {
            return sameSize(other) && channels == other.channels;
        }

        /** Whether this can stand beside each element of another: what is 1 stands for all. */
        boolean spreadsOver(Shape other) {
            boolean pixel = height == 1 && width == 1;
            return images == other.images
                    && (channels == other.channels || channels == 1)
                    && (pixel || height == other.height && width == other.width);
        }

        /** The elements of one image. */
        long elements() {
            return (long) channels * height * width;
        }

        @Override
        public String toString() {
            return channels + " channels of " + width + "x" + height + (images > 1 ? ", " + images + " times" : "");
        }
    }

    List<Layer> layers() {
        return List.copyOf(tally.layers.values());
    }

    long macs() {
        return tally.macs;
    }

    long macsOnce() {
        return sum(tally.macsOfModule);
    }

    long macsAsPapersCount() {
        return sum(tally.macsOfModule) + sum(tally.elementsOfModule);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void collect(Layer layer) {
        Layer known = tally.layers.putIfAbsent(layer.name(), layer);
        require(known == null || known.equals(layer), layer, known);
    }

    /** The last run of a module is the one that papers count. */
    private void count(Layer layer, long cost, Shape x) {
        collect(layer);
        tally.macs += cost * x.images();
        tally.macsOfModule.put(layer.name(), cost);
    }

    /** Of a ReLU, a pool or an upsampling, which can be a module or a function. */
    private void countModule(String module, long elements) {
        if (inModules) {
            countElements(module, elements);
        }
    }

    private void countElements(String module, long elements) {
        tally.elementsOfModule.put(module, elements);
    }

    @Override
    public Shape conv(Conv2d conv, Shape x) {
        require(x.channels() == conv.in(), conv, x);
        int height = outputSize(x.height(), conv.kernelHeight(), conv.paddingHeight(), conv);
        int width = outputSize(x.width(), conv.kernelWidth(), conv.paddingWidth(), conv);
        require(height > 0 && width > 0, conv, x);
        Shape y = x.withChannels(conv.out()).withSize(height, width).from(conv.name());
        long taps = (long) conv.in() / conv.groups() * conv.kernelHeight() * conv.kernelWidth();
        count(conv, taps * y.elements(), x);
        if (conv.bias()) {
            countElements(conv.name(), y.elements());
        }
        return y;
    }

    private static int outputSize(int size, int kernel, int padding, Conv2d conv) {
        return (size + 2 * padding - conv.dilation() * (kernel - 1) - 1) / conv.stride() + 1;
    }

    @Override
    public Shape transposedConv(TransposedConv2d conv, Shape x) {
        require(x.channels() == conv.in(), conv, x);
        Shape y = x.withChannels(conv.out())
                .withSize(2 * x.height(), 2 * x.width())
                .from(conv.name());
        count(conv, (long) conv.out() * conv.kernel() * conv.kernel() * x.elements(), x);
        if (conv.bias()) {
            countElements(conv.name(), y.elements());
        }
        return y;
    }

    @Override
    public Shape linear(Linear linear, Shape x) {
        require(x.channels() == linear.in(), linear, x);
        Shape y = x.withChannels(linear.out()).from(linear.name());
        count(linear, (long) linear.in() * y.elements(), x);
        return y;
    }

    @Override
    public Shape batchNorm(BatchNorm norm, Shape x) {
        require(x.channels() == norm.channels(), norm, x);
        collect(norm);
        countElements(norm.name(), 2 * x.elements());
        return x.from(norm.name());
    }

    @Override
    public Shape instanceNorm(BatchNorm norm, Shape x) {
        return batchNorm(norm, x);
    }

    @Override
    public Shape channelScale(ChannelScale scale, Shape x) {
        require(x.channels() == scale.channels(), scale, x);
        collect(scale);
        return x;
    }

    /**
     * A block with members of names of their own (bn1, bn2) has one ReLU, which it uses again; in a numbered sequence
     * each place has one of its own. That is how the official codes are written.
     */
    @Override
    public Shape relu(Shape x) {
        int end = x.module().lastIndexOf('.');
        boolean numbered = x.module().substring(end + 1).chars().allMatch(Character::isDigit);
        countModule("relu of " + (end < 0 || numbered ? x.module() : x.module().substring(0, end)), x.elements());
        return x;
    }

    @Override
    public Shape relu(String module, Shape x) {
        countModule(module, x.elements());
        return x;
    }

    @Override
    public Shape prelu(PRelu prelu, Shape x) {
        collect(prelu);
        countElements(prelu.name(), x.elements());
        return x;
    }

    @Override
    public Shape gelu(Shape x) {
        return x;
    }

    @Override
    public Shape sigmoid(Shape x) {
        return x;
    }

    @Override
    public Shape tanh(Shape x) {
        return x;
    }

    @Override
    public Shape softmax(Shape x) {
        return x;
    }

    @Override
    public Shape dropChannels(double rate, Shape x) {
        return x;
    }

    @Override
    public Shape dropout(double rate, Shape x) {
        return x;
    }

    @Override
    public Shape maxPool(MaxPool pool, Shape x) {
        countModule(pool.name(), x.elements());
        Shape y = x.withSize(pool.outputSize(x.height()), pool.outputSize(x.width()));
        require(y.elements() > 0, pool, x);
        return y;
    }

    @Override
    public Shape upsample(Upsample upsample, Shape x) {
        Shape y = x.withSize(upsample.factor() * x.height(), upsample.factor() * x.width());
        countModule(upsample.name(), y.elements());
        return y;
    }

    @Override
    public Shape halve(Shape x) {
        require(x.height() > 1 && x.width() > 1, "halving", x);
        return x.withSize(x.height() / 2, x.width() / 2);
    }

    @Override
    public Shape resizeLike(Shape x, Shape like) {
        return x.withSize(like.height(), like.width());
    }

    @Override
    public Shape mean(Over over, Shape x) {
        return reduce(over, x);
    }

    @Override
    public Shape max(Over over, Shape x) {
        return reduce(over, x);
    }

    @Override
    public Shape sum(Over over, Shape x) {
        return reduce(over, x);
    }

    private static Shape reduce(Over over, Shape x) {
        return over == Over.PIXELS ? x.withSize(1, 1) : x.withChannels(1);
    }

    @Override
    public Shape normalize(Over over, Shape x) {
        return x;
    }

    @Override
    public Shape concat(List<Shape> xs) {
        Shape first = xs.get(0);
        xs.forEach(x -> require(x.sameSize(first), first, x));
        return first.withChannels(xs.stream().mapToInt(Shape::channels).sum());
    }

    @Override
    public Shape interleave(List<Shape> xs) {
        Shape first = xs.get(0);
        xs.forEach(x -> require(x.same(first), first, x));
        return first.withChannels(xs.size() * first.channels());
    }

    @Override
    public Shape select(List<Integer> channels, Shape x) {
        channels.forEach(channel -> require(channel >= 0 && channel < x.channels(), "channel " + channel, x));
        return x.withChannels(channels.size());
    }

    @Override
    public Shape appendZeros(int channels, Shape x) {
        return x.withChannels(x.channels() + channels);
    }

    @Override
    public Shape channelsToBatch(int channels, Shape x) {
        require(x.channels() % channels == 0, "runs of " + channels + " channels", x);
        return x.withImages(x.images() * (x.channels() / channels)).withChannels(channels);
    }

    @Override
    public Shape batchToChannels(int runs, Shape x) {
        require(x.images() % runs == 0, runs + " runs", x);
        return x.withImages(x.images() / runs).withChannels(runs * x.channels());
    }

    @Override
    public Shape cut(Windows windows, Shape x) {
        require(x.height() == windows.image() && x.width() == windows.image(), windows, x);
        return x.withImages(x.images() * windows.count()).withSize(windows.size(), windows.size());
    }

    @Override
    public Shape assemble(Windows windows, Shape x) {
        boolean fits = x.height() == windows.size() && x.width() == windows.size();
        require(fits && x.images() % windows.count() == 0, windows, x);
        return x.withImages(x.images() / windows.count()).withSize(windows.image(), windows.image());
    }

    @Override
    public Shape add(Shape a, Shape b) {
        return combine(a, b);
    }

    @Override
    public Shape sub(Shape a, Shape b) {
        return combine(a, b);
    }

    @Override
    public Shape mul(Shape a, Shape b) {
        return combine(a, b);
    }

    @Override
    public Shape div(Shape a, Shape b) {
        return combine(a, b);
    }

    private static Shape combine(Shape a, Shape b) {
        require(b.spreadsOver(a), a, b);
        return a;
    }

    @Override
    public Shape times(double factor, Shape x) {
        return x;
    }

    @Override
    public Shape plus(double term, Shape x) {
        return x;
    }

    @Override
    public Shape linearAttention(Shape query, Shape key, Shape value) {
        require(query.same(key), query, key);
        require(query.sameSize(value), query, value);
        return value;
    }

    private static void require(boolean fits, Object a, Object b) {
        if (!fits) {
            throw new IllegalStateException(a + " does not fit " + b);
        }
    }
}
