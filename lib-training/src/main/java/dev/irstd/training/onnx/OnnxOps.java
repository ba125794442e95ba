package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
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
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static dev.irstd.training.onnx.OnnxGraph.integer;
import static dev.irstd.training.onnx.OnnxGraph.integers;
import static dev.irstd.training.onnx.OnnxGraph.number;
import static dev.irstd.training.onnx.OnnxGraph.text;

/**
 * Reads a network as an ONNX graph (opset 17): an image is the name of a value. A shared weight is stored once. Batch,
 * height and width stay free: in the shapes of reshapes, 0 keeps a size and -1 is worked out.
 */
final class OnnxOps implements Ops<String> {
    private static final double SHORTEST = 1e-12;
    private static final String NO_REGION_OF_INTEREST = "";
    private static final String NO_SCALES = "";

    private final OnnxGraph graph;
    private final Weights weights;

    OnnxOps(OnnxGraph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public String conv(Conv2d conv, String x) {
        List<String> inputs = new ArrayList<>(List.of(x, weight(conv.weightKey())));
        if (conv.bias()) {
            inputs.add(weight(conv.biasKey()));
        }
        return graph.node("Conv", inputs, attributes(conv).toArray(AttributeProto[]::new));
    }

    static List<AttributeProto> attributes(Conv2d conv) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integers("kernel_shape", conv.kernelHeight(), conv.kernelWidth()));
        int height = conv.paddingHeight();
        int width = conv.paddingWidth();
        attributes.add(integers("pads", height, width, height, width));
        if (conv.stride() > 1) {
            attributes.add(integers("strides", conv.stride(), conv.stride()));
        }
        if (conv.dilation() > 1) {
            attributes.add(integers("dilations", conv.dilation(), conv.dilation()));
        }
        if (conv.groups() > 1) {
            attributes.add(integer("group", conv.groups()));
        }
        return attributes;
    }

    @Override
    public String transposedConv(TransposedConv2d conv, String x) {
        List<String> inputs = new ArrayList<>(List.of(x, weight(conv.weightKey())));
        if (conv.bias()) {
            inputs.add(weight(conv.biasKey()));
        }
        long pad = TransposedConv2d.PADDING;
        return graph.node(
                "ConvTranspose",
                inputs,
                integers("kernel_shape", conv.kernel(), conv.kernel()),
                integers("strides", TransposedConv2d.STRIDE, TransposedConv2d.STRIDE),
                integers("pads", pad, pad, pad, pad),
                integers("output_padding", conv.outputPadding(), conv.outputPadding()));
    }

    @Override
    public String linear(Linear linear, String x) {
        FloatTensor matrix = weights.get(linear.weightKey());
        FloatTensor kernel = new FloatTensor(List.of(linear.out(), linear.in(), 1, 1), matrix.values());
        return graph.node("Conv", List.of(x, graph.store(linear.weightKey(), kernel), weight(linear.biasKey())));
    }

    @Override
    public String batchNorm(BatchNorm norm, String x) {
        List<String> inputs = List.of(
                x,
                weight(norm.scaleKey()),
                weight(norm.shiftKey()),
                weight(norm.meanKey()),
                weight(norm.varianceKey()));
        return graph.node("BatchNormalization", inputs, number("epsilon", BatchNorm.EPSILON));
    }

    @Override
    public String instanceNorm(BatchNorm norm, String x) {
        List<String> inputs = List.of(x, weight(norm.scaleKey()), weight(norm.shiftKey()));
        return graph.node("InstanceNormalization", inputs, number("epsilon", BatchNorm.EPSILON));
    }

    private String weight(String name) {
        return graph.store(name, weights.get(name));
    }

    @Override
    public String channelScale(ChannelScale scale, String x) {
        FloatTensor factors = weights.get(scale.name());
        FloatTensor column = new FloatTensor(List.of(scale.channels(), 1, 1), factors.values());
        return mul(x, graph.store(scale.name(), column));
    }

    @Override
    public String relu(String x) {
        return graph.node("Relu", List.of(x));
    }

    @Override
    public String prelu(PRelu prelu, String x) {
        FloatTensor slope = weights.get(prelu.slopeKey());
        FloatTensor pixel = new FloatTensor(List.of(1, 1, 1), slope.values());
        return graph.node("PRelu", List.of(x, graph.store(prelu.slopeKey(), pixel)));
    }

    /** Opset 17 has no node for it. ONNX Runtime fuses these. */
    @Override
    public String gelu(String x) {
        String erf = graph.node("Erf", List.of(div(x, graph.scalar(Math.sqrt(2)))));
        return times(0.5, mul(x, plus(1, erf)));
    }

    @Override
    public String sigmoid(String x) {
        return graph.node("Sigmoid", List.of(x));
    }

    @Override
    public String tanh(String x) {
        return graph.node("Tanh", List.of(x));
    }

    @Override
    public String softmax(String x) {
        String distributed = graph.node("Softmax", List.of(flat(x)), integer("axis", -1));
        return shapedLike(distributed, x);
    }

    @Override
    public String dropChannels(double rate, String x) {
        return x;
    }

    @Override
    public String dropout(double rate, String x) {
        return x;
    }

    @Override
    public String maxPool(MaxPool pool, String x) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integers("kernel_shape", pool.kernel(), pool.kernel()));
        attributes.add(integers("strides", pool.stride(), pool.stride()));
        if (pool.padding() > 0) {
            long pad = pool.padding();
            attributes.add(integers("pads", pad, pad, pad, pad));
        }
        if (pool.edge() == MaxPool.Edge.KEEP) {
            attributes.add(integer("ceil_mode", 1));
        }
        return graph.node("MaxPool", List.of(x), attributes.toArray(AttributeProto[]::new));
    }

    @Override
    public String upsample(Upsample upsample, String x) {
        return switch (upsample.interpolation()) {
            case BILINEAR_ALIGNED -> scaled(x, upsample.factor(), "linear", "align_corners");
            case BILINEAR -> scaled(x, upsample.factor(), "linear", "half_pixel");
            case NEAREST -> scaled(x, upsample.factor(), "nearest", "asymmetric");
        };
    }

    @Override
    public String halve(String x) {
        return scaled(x, 0.5f, "linear", "align_corners");
    }

    private String scaled(String x, float factor, String mode, String coordinates) {
        String scales = graph.floats(1, 1, factor, factor);
        List<AttributeProto> attributes =
                new ArrayList<>(List.of(text("mode", mode), text("coordinate_transformation_mode", coordinates)));
        if (mode.equals("nearest")) {
            attributes.add(text("nearest_mode", "floor"));
        }
        return graph.node(
                "Resize", List.of(x, NO_REGION_OF_INTEREST, scales), attributes.toArray(AttributeProto[]::new));
    }

    @Override
    public String resizeLike(String x, String like) {
        String batchAndChannels = graph.node("Shape", List.of(x), integer("end", 2));
        String heightAndWidth = graph.node("Shape", List.of(like), integer("start", 2));
        String sizes = graph.node("Concat", List.of(batchAndChannels, heightAndWidth), integer("axis", 0));
        return graph.node(
                "Resize",
                List.of(x, NO_REGION_OF_INTEREST, NO_SCALES, sizes),
                text("mode", "linear"),
                text("coordinate_transformation_mode", "half_pixel"));
    }

    @Override
    public String mean(Over over, String x) {
        return over == Over.PIXELS
                ? graph.node("GlobalAveragePool", List.of(x))
                : graph.node("ReduceMean", List.of(x), axes(over));
    }

    @Override
    public String max(Over over, String x) {
        return over == Over.PIXELS
                ? graph.node("GlobalMaxPool", List.of(x))
                : graph.node("ReduceMax", List.of(x), axes(over));
    }

    /** The axes of a sum are an input from opset 13 on, those of other reductions not before 18. */
    @Override
    public String sum(Over over, String x) {
        String axes = over == Over.PIXELS ? graph.longs(2L, 3L) : graph.longs(1L);
        return graph.node("ReduceSum", List.of(x, axes));
    }

    @Override
    public String normalize(Over over, String x) {
        String length = graph.node("ReduceL2", List.of(x), axes(over));
        return div(x, graph.node("Max", List.of(length, graph.scalar(SHORTEST))));
    }

    private static AttributeProto axes(Over over) {
        return over == Over.PIXELS ? integers("axes", 2, 3) : integers("axes", 1);
    }

    @Override
    public String concat(List<String> xs) {
        return graph.node("Concat", xs, integer("axis", 1));
    }

    @Override
    public String interleave(List<String> xs) {
        String axis = graph.longs(2L);
        List<String> stacked =
                xs.stream().map(x -> graph.node("Unsqueeze", List.of(x, axis))).toList();
        String inTurn = graph.node("Concat", stacked, integer("axis", 2));
        String batchAndChannels = graph.node("Shape", List.of(xs.get(0)), integer("end", 1));
        String heightAndWidth = graph.node("Shape", List.of(xs.get(0)), integer("start", 2));
        String shape =
                graph.node("Concat", List.of(batchAndChannels, graph.longs(-1L), heightAndWidth), integer("axis", 0));
        return graph.node("Reshape", List.of(inTurn, shape));
    }

    @Override
    public String select(List<Integer> channels, String x) {
        long[] indices = channels.stream().mapToLong(Integer::longValue).toArray();
        return graph.node("Gather", List.of(x, graph.longs(indices)), integer("axis", 1));
    }

    @Override
    public String appendZeros(int channels, String x) {
        return graph.node("Pad", List.of(x, graph.longs(0L, 0, 0, 0, 0, channels, 0, 0)));
    }

    @Override
    public String channelsToBatch(int channels, String x) {
        return graph.node("Reshape", List.of(x, graph.longs(-1L, channels, 0, 0)));
    }

    @Override
    public String batchToChannels(int runs, String x) {
        String batch = graph.node("Shape", List.of(x), integer("end", 1));
        String fewer = graph.node("Div", List.of(batch, graph.longs(runs)));
        String heightAndWidth = graph.node("Shape", List.of(x), integer("start", 2));
        String shape = graph.node("Concat", List.of(fewer, graph.longs(-1L), heightAndWidth), integer("axis", 0));
        return graph.node("Reshape", List.of(x, shape));
    }

    @Override
    public String cut(Windows windows, String x) {
        int size = windows.size();
        String padded = pad(windows.padding(), x);
        String pixels = graph.node("Gather", List.of(flat(padded), graph.longs(pixels(windows))), integer("axis", 2));
        String apart = graph.node("Reshape", List.of(pixels, graph.longs(0L, 0, windows.count(), size * size)));
        String windowsFirst = graph.node("Transpose", List.of(apart), integers("perm", 0, 2, 1, 3));
        String batch = graph.node("Reshape", List.of(windowsFirst, graph.longs(0L, 0, 0, size, size)));
        return joinFirstTwo(batch);
    }

    private String pad(int padding, String x) {
        return padding == 0
                ? x
                : graph.node("Pad", List.of(x, graph.longs(0L, 0, padding, padding, 0, 0, padding, padding)));
    }

    /** [a, b, c, d, e] becomes [a * b, c, d, e]. */
    private String joinFirstTwo(String x) {
        String rest = graph.node("Shape", List.of(x), integer("start", 2));
        String shape = graph.node("Concat", List.of(graph.longs(-1L), rest), integer("axis", 0));
        return graph.node("Reshape", List.of(x, shape));
    }

    /** The pixel of the padded image that each pixel of each window is. */
    private static long[] pixels(Windows windows) {
        int width = windows.image() + 2 * windows.padding();
        int size = windows.size();
        return IntStream.range(0, windows.count())
                .flatMap(window -> {
                    int top = window / windows.perRow() * windows.stride();
                    int left = window % windows.perRow() * windows.stride();
                    return IntStream.range(0, size * size)
                            .map(pixel -> (top + pixel / size) * width + left + pixel % size);
                })
                .asLongStream()
                .toArray();
    }

    @Override
    public String assemble(Windows windows, String x) {
        int area = windows.size() * windows.size();
        String channels = graph.node("Shape", List.of(x), integer("start", 1), integer("end", 2));
        String shape = graph.node(
                "Concat", List.of(graph.longs(-1, windows.count()), channels, graph.longs(area)), integer("axis", 0));
        String apart = graph.node("Reshape", List.of(x, shape));
        String channelsFirst = graph.node("Transpose", List.of(apart), integers("perm", 0, 2, 1, 3));
        String pixels = graph.node("Reshape", List.of(channelsFirst, graph.longs(0, 0, -1)));
        String withZero = graph.node("Pad", List.of(pixels, graph.longs(0, 0, 0, 0, 0, 1)));
        long[][] sources = sources(windows);
        long[] indices = Arrays.stream(sources).flatMapToLong(Arrays::stream).toArray();
        String gathered = graph.node("Gather", List.of(withZero, graph.longs(indices)), integer("axis", 2));
        String stacked = graph.node(
                "Reshape", List.of(gathered, graph.longs(0, 0, sources.length, windows.image(), windows.image())));
        return graph.node("ReduceSum", List.of(stacked, graph.longs(2)), integer("keepdims", 0));
    }

    /**
     * For each pixel of the image the pixels of windows that lie on it, as one row for the first of each, one for the
     * second and so on; where there are fewer, the zero after the last window's last pixel.
     */
    private static long[][] sources(Windows windows) {
        long[] padded = pixels(windows);
        int image = windows.image();
        int width = image + 2 * windows.padding();
        int[] covered = new int[image * image];
        List<long[]> rows = new ArrayList<>();
        for (int source = 0; source < padded.length; source++) {
            int y = (int) (padded[source] / width) - windows.padding();
            int x = (int) (padded[source] % width) - windows.padding();
            if (y >= 0 && y < image && x >= 0 && x < image) {
                int row = covered[y * image + x]++;
                if (row == rows.size()) {
                    long[] zeros = new long[image * image];
                    Arrays.fill(zeros, padded.length);
                    rows.add(zeros);
                }
                rows.get(row)[y * image + x] = source;
            }
        }
        return rows.toArray(long[][]::new);
    }

    @Override
    public String add(String a, String b) {
        return graph.node("Add", List.of(a, b));
    }

    @Override
    public String sub(String a, String b) {
        return graph.node("Sub", List.of(a, b));
    }

    @Override
    public String mul(String a, String b) {
        return graph.node("Mul", List.of(a, b));
    }

    @Override
    public String div(String a, String b) {
        return graph.node("Div", List.of(a, b));
    }

    @Override
    public String times(double factor, String x) {
        return mul(x, graph.scalar(factor));
    }

    @Override
    public String plus(double term, String x) {
        return add(x, graph.scalar(term));
    }

    @Override
    public String linearAttention(String query, String key, String value) {
        String tokensFirst = graph.node("Transpose", List.of(flat(key)), integers("perm", 0, 2, 1));
        String context = graph.node("MatMul", List.of(flat(value), tokensFirst));
        String attended = graph.node("MatMul", List.of(context, flat(query)));
        String pixels = graph.node("Shape", List.of(flat(query)), integer("start", 2));
        String root = graph.node("Sqrt", List.of(graph.node("Cast", List.of(pixels), integer("to", 1))));
        return shapedLike(div(attended, root), value);
    }

    /** [batch, channels, height, width] becomes [batch, channels, pixels]. */
    private String flat(String x) {
        return graph.node("Reshape", List.of(x, graph.longs(0L, 0, -1)));
    }

    private String shapedLike(String x, String like) {
        return graph.node("Reshape", List.of(x, graph.node("Shape", List.of(like))));
    }
}
