package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.irstd.Geometry;
import dev.irstd.training.weights.FloatTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.irstd.training.onnx.OnnxGraph.integers;

/** A graph in which images change their layout, and what is known of its sizes. */
final class Canvas {
    /** Pushes any activation below zero, and takes itself away exactly. */
    private static final float FAR = 1e9f;

    private final OnnxGraph graph;
    private final String image;
    private final int channels;
    private final int multiple;
    private final Map<Extent, String> outsides = new HashMap<>();

    /**
     * The graph of a network.
     *
     * @param image the name of its input
     * @param channels channels of its input
     * @param geometry sizes of its input
     */
    Canvas(OnnxGraph graph, String image, int channels, Geometry geometry) {
        this.graph = graph;
        this.image = image;
        this.channels = channels;
        this.multiple = geometry instanceof Geometry.PadToMultiple padding ? padding.multiple() : 1;
    }

    String image() {
        return image;
    }

    Extent extent() {
        return new Extent(channels, 1);
    }

    OnnxGraph graph() {
        return graph;
    }

    /** The extent after a division of height and width. */
    Extent divided(Extent extent, int by) {
        if (by == 1) {
            return extent;
        }
        return extent.isKnown() && multiple % (by * extent.scale()) == 0
                ? extent.withScale(by * extent.scale())
                : extent.withScale(Extent.UNKNOWN);
    }

    boolean hasPairs(Extent extent) {
        return divided(extent, 2).isKnown();
    }

    /** Convolves at stride 1, from one layout to another. */
    String convolve(Kernel kernel, Value x, Layout from, Layout to) {
        PairedKernel paired = new PairedKernel(kernel, from, x.parts(), to);
        int above = (kernel.height() - 1) / 2;
        String y = convolve(
                paired.kernel(),
                x.in(from),
                List.of(
                        integers(
                                "kernel_shape", kernel.height(), paired.kernel().width()),
                        integers("pads", above, paired.padLeft(), above, paired.padRight()),
                        integers("strides", 1, paired.stride())));
        return describe(y, x.extent().withChannels(kernel.out()), to);
    }

    String convolve(Kernel kernel, String x, List<AttributeProto> attributes) {
        String weights = graph.store(kernel.name() + ", weight", kernel.weightTensor());
        String bias = graph.store(kernel.name() + ", bias", kernel.biasTensor());
        return graph.node("Conv", List.of(x, weights, bias), attributes.toArray(AttributeProto[]::new));
    }

    /** Puts an image into another layout of pairs. */
    String repack(Value x, Layout from, Layout to) {
        return convolve(Kernel.identity(x.extent().channels()), x, from, to);
    }

    /** Takes pairs apart, with channels last in between so that no size has to be known. */
    String unpack(String pairs, Extent extent) {
        String channelsLast = graph.node("Transpose", List.of(pairs), integers("perm", 0, 2, 3, 1));
        String apart = graph.node("Reshape", List.of(channelsLast, graph.longs(0, 0, -1, extent.channels())));
        return graph.node("Transpose", List.of(apart), integers("perm", 0, 3, 1, 2));
    }

    /** Takes the maximum of blocks of 2x2 pixels, of pairs. */
    String maxOfBlocks(String pairs, int channels) {
        String rows = graph.node("MaxPool", List.of(pairs), integers("kernel_shape", 2, 1), integers("strides", 2, 1));
        return graph.node("Max", List.of(channels(rows, 0, channels), channels(rows, channels, 2L * channels)));
    }

    private String channels(String x, long from, long to) {
        return graph.node("Slice", List.of(x, graph.longs(from), graph.longs(to), graph.longs(1L)));
    }

    /**
     * What makes pixels outside of the image negative in shifted pairs: far below zero there, zero inside. A convolution
     * of ones, which it sees inside alone.
     */
    String outside(Extent extent) {
        return outsides.computeIfAbsent(extent, this::writeOutside);
    }

    private String writeOutside(Extent extent) {
        int channels = extent.channels();
        float[] weights = new float[4 * channels];
        for (int channel = 0; channel < channels; channel++) {
            weights[2 * channel] = FAR;
            weights[2 * (channels + channel) + 1] = FAR;
        }
        double[] bias = new double[2 * channels];
        Arrays.fill(bias, -FAR);
        FloatTensor tensor = new FloatTensor(List.of(2 * channels, 1, 1, 2), weights);
        Kernel kernel = Kernel.of("outside of " + channels, tensor, bias);
        String outside =
                convolve(kernel, ones(extent), List.of(integers("kernel_shape", 1, 2), integers("pads", 0, 1, 0, 1)));
        return describe(outside, extent, Layout.SHIFTED_PAIRS);
    }

    /** One channel of as many pixels as the image has pairs: what a convolution makes of anything by its bias alone. */
    private String ones(Extent extent) {
        Kernel kernel =
                Kernel.of("ones", new FloatTensor(List.of(1, channels, 1, 1), new float[channels]), new double[] {1});
        return convolve(
                kernel,
                image,
                List.of(integers("kernel_shape", 1, 1), integers("strides", extent.scale(), 2L * extent.scale())));
    }

    /** Writes an image's shape down, without which runtimes see no two free sizes as equal. */
    String describe(String name, Extent extent, Layout layout) {
        if (extent.isKnown() && multiple > 1 && !name.equals(image)) {
            String width = over("width", extent.scale() * layout.pixels()) + (layout.before() > 0 ? " + 1" : "");
            graph.describe(name, layout.pixels() * extent.channels(), over("height", extent.scale()), width);
        }
        return name;
    }

    private static String over(String size, int divisor) {
        return divisor == 1 ? size : size + " / " + divisor;
    }
}
