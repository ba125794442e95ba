package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.irstd.Geometry;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.ChannelScale;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.MaxPool;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Over;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.network.Upsample;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A rewritten graph computes what the network's own does, with less. */
class RewritingTest {
    private static final Upsample UP = Upsample.aligned("up", 2);

    static List<String> names() {
        return Networks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNetworkComputesTheSame(String name) {
        Network network = Networks.named(name);
        Weights weights = RandomWeights.of(network, 1);
        byte[] plain = Onnx.export(network, weights, Rewriting.NONE);
        byte[] rewritten = Onnx.export(network, weights, Rewriting.EXACT);
        for (FloatTensor images : images(network)) {
            requireAgreement(Onnx.runAll(plain, images), Onnx.runAll(rewritten, images));
        }
    }

    /** Two sizes, batches of one and two. The network of one size takes a second for each image. */
    private static List<FloatTensor> images(Network network) {
        return network.geometry() instanceof Geometry.Resize only
                ? List.of(Tensors.noise(1, 1, 1, only.height(), only.width()))
                : List.of(Tensors.noise(1, 1, 1, 32, 96), Tensors.noise(2, 2, 1, 64, 32));
    }

    /** Random weights amplify: errors are seen against the values. */
    private static void requireAgreement(List<FloatTensor> plain, List<FloatTensor> rewritten) {
        assertThat(rewritten).hasSameSizeAs(plain);
        for (int output = 0; output < plain.size(); output++) {
            FloatTensor expected = plain.get(output);
            assertThat(Tensors.distance(rewritten.get(output), expected))
                    .as("output %d for %s", output, expected.shape())
                    .isLessThan(1e-5 * Math.max(1, largest(expected)));
        }
    }

    private static double largest(FloatTensor tensor) {
        double largest = 0;
        for (float value : tensor.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("names")
    void noBatchNormFollowsAConvolution(String name) throws Exception {
        GraphProto graph = graph(Networks.named(name), Rewriting.EXACT);
        Map<String, NodeProto> producers = producers(graph);

        assertThat(graph.getNodeList())
                .filteredOn(node -> node.getOpType().equals("BatchNormalization"))
                .noneMatch(norm -> type(producers, norm.getInput(0)).equals("Conv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RRCANet", "ResUNet+RuCB", "AMFU", "ACM", "LW-IRSTNet"})
    void saysShapesAsTheyAre(String name) throws Exception {
        Network network = Networks.named(name);
        byte[] onnx = Onnx.export(network, RandomWeights.of(network, 1), Rewriting.EXACT);
        ModelProto.Builder open = ModelProto.parseFrom(onnx).toBuilder();
        List<ValueInfoProto> said = open.getGraph().getValueInfoList();
        open.getGraphBuilder().clearValueInfo().clearOutput();
        said.forEach(value -> open.getGraphBuilder().addOutput(OnnxGraph.value(value.getName())));

        List<FloatTensor> found = Onnx.runAll(open.build().toByteArray(), Tensors.noise(1, 3, 1, 32, 96));

        assertThat(said).hasSizeGreaterThan(20);
        for (int i = 0; i < said.size(); i++) {
            assertThat(found.get(i).shape())
                    .as(said.get(i).getName())
                    .isEqualTo(said.get(i).getType().getTensorType().getShape().getDimList().stream()
                            .map(size -> size(size, Map.of("batch", 3, "height", 32, "width", 96)))
                            .toList());
        }
    }

    /** A number, or a name, "name / divisor" or one of these and " + 1". */
    private static int size(Dimension dimension, Map<String, Integer> sizes) {
        if (!dimension.hasDimParam()) {
            return (int) dimension.getDimValue();
        }
        String[] sum = dimension.getDimParam().split(" \\+ ");
        String[] quotient = sum[0].split(" / ");
        int size = sizes.get(quotient[0]) / (quotient.length > 1 ? Integer.parseInt(quotient[1]) : 1);
        return sum.length > 1 ? size + Integer.parseInt(sum[1]) : size;
    }

    /**
     * A GPU leaves the arithmetic of sizes to the CPU, where a detector refuses to run anything unasked. The other networks
     * compute sizes themselves.
     */
    @ParameterizedTest
    @ValueSource(strings = {"RRCANet", "ResUNet", "ResUNet+RuCB", "AMFU", "AMFU+RuCB", "DNANet", "LW-IRSTNet"})
    void computesNoSizes(String name) throws Exception {
        for (Rewriting rewriting : Rewriting.values()) {
            assertThat(graph(Networks.named(name), rewriting).getNodeList())
                    .noneMatch(node -> node.getOpType().equals("Shape"));
        }
    }

    /** Nine images are enlarged for their maximum, and the six of more than eight channels once more after their factors. */
    @Test
    void enlargesTheResultsOfPointwiseConvolutions() throws Exception {
        Map<String, NodeProto> producers = producers(graph(RRCANet.rrcanet18(), Rewriting.EXACT));

        assertThat(producers.values())
                .filteredOn(node -> node.getOpType().equals("Resize"))
                .hasSize(9 + 6)
                .allMatch(resize -> type(producers, resize.getInput(0)).equals("Conv"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void factorsOfManyChannelsComeBeforeEnlarging(int channels) throws Exception {
        GraphProto graph = graph(network(2, (ops, x) -> attendedAfterEnlarging(ops, channels, x)), Rewriting.EXACT);
        Map<String, NodeProto> producers = producers(graph);

        assertThat(graph.getNodeList())
                .filteredOn(node -> node.getOpType().equals("Mul"))
                .singleElement()
                .extracting(product -> type(producers, product.getInput(0)))
                .isEqualTo(channels == 8 ? "Resize" : "Conv");
    }

    @Test
    void leavesTheNetworkAsItIsOnRequest() throws Exception {
        GraphProto graph = graph(RRCANet.rrcanet10(), Rewriting.NONE);

        assertThat(graph.getNodeList()).anyMatch(node -> node.getOpType().equals("BatchNormalization"));
        assertThat(graph.getInitializerList())
                .anyMatch(tensor -> tensor.getName().equals("iteration0_layer0_encoder_convs.operator.0.weight"));
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                program("one layer", (ops, x) -> narrow(ops, "a", 3, x)),
                program("a chain", RewritingTest::chain),
                program("a residual unit", RewritingTest::unit),
                program("without a ReLU between", (ops, x) -> conv(ops, "b", 8, 8, 3, conv(ops, "a", 3, 8, 3, x))),
                program("a wide kernel", (ops, x) -> conv(ops, "b", 8, 8, 5, narrow(ops, "a", 3, x))),
                program("a pointwise layer", (ops, x) -> ops.sigmoid(conv(ops, "b", 8, 8, 1, chain(ops, x)))),
                program("fewer channels", (ops, x) -> conv(ops, "b", 8, 1, 3, chain(ops, x))),
                program("more channels", (ops, x) -> conv(ops, "b", 8, 16, 3, chain(ops, x))),
                program(
                        "a rectangular kernel",
                        (ops, x) -> ops.conv(Conv2d.of("b", 8, 8, 1).withKernel(5, 1), narrow(ops, "a", 3, x))),
                program("a batch norm and a scale", RewritingTest::scaled),
                program("an output of a convolution that goes two ways", RewritingTest::fork),
                program("a pool", (ops, x) -> ops.maxPool(MaxPool.by("pool", 2), chain(ops, x))),
                program(
                        "a pool of a stack",
                        (ops, x) -> ops.maxPool(
                                MaxPool.by("pool", 2), ops.concat(List.of(chain(ops, x), narrow(ops, "d", 3, x))))),
                program("a convolution of two stacks", RewritingTest::sharedByStacks),
                program(
                        "a stack",
                        (ops, x) -> narrow(
                                ops, "c", 8 + 3 + 8, ops.concat(List.of(chain(ops, x), x, narrow(ops, "d", 3, x))))),
                program(
                        "a stack of a stack",
                        (ops, x) -> narrow(
                                ops,
                                "c",
                                3 + 8 + 3,
                                ops.concat(List.of(ops.concat(List.of(x, chain(ops, x))), ops.concat(List.of(x)))))),
                program(
                        "a ReLU of a stack",
                        (ops, x) -> narrow(ops, "c", 11, ops.relu(ops.concat(List.of(narrow(ops, "a", 3, x), x))))),
                program("a factor for each channel", (ops, x) -> attended(ops, Over.PIXELS, x)),
                program(
                        "a factor for each of 8 channels of what was enlarged",
                        (ops, x) -> attendedAfterEnlarging(ops, 8, x)),
                program(
                        "a factor for each of 16 channels of what was enlarged",
                        (ops, x) -> attendedAfterEnlarging(ops, 16, x)),
                program(
                        "a factor for all channels of what was enlarged",
                        (ops, x) -> ops.mul(small(ops, 16, x), ops.mean(Over.CHANNELS, ops.max(Over.PIXELS, x)))),
                program("a factor for each pixel", (ops, x) -> attended(ops, Over.CHANNELS, x)),
                program(
                        "a sum with an image of plain pixels",
                        (ops, x) -> ops.add(ops.tanh(narrow(ops, "a", 3, x)), ops.conv(Conv2d.of("b", 3, 8, 1), x))),
                program(
                        "at half the size",
                        (ops, x) -> ops.upsample(UP, chain(ops, ops.maxPool(MaxPool.by("pool", 2), x)))),
                program("a pointwise layer after enlarging", RewritingTest::enlarged));
    }

    private static Arguments program(String name, OpsTest.Program program) {
        return arguments(name, program);
    }

    /** As many channels, in parts of 8 and 8 and in one of 16. */
    private static Object sharedByStacks(Ops<Object> ops, Object x) {
        Object parts = ops.concat(List.of(chain(ops, x), narrow(ops, "d", 3, x)));
        Object whole = ops.concat(List.of(narrow(ops, "e", 3, x), x, x, ops.conv(Conv2d.of("f", 3, 2, 1), x)));
        Conv2d shared = Conv2d.of("shared", 16, 8, 3);
        return ops.add(ops.conv(shared, parts), ops.conv(shared, whole));
    }

    private static Object conv(Ops<Object> ops, String name, int in, int out, int kernel, Object x) {
        return ops.batchNorm(new BatchNorm(name + ".norm", out), ops.conv(Conv2d.of(name, in, out, kernel), x));
    }

    private static Object narrow(Ops<Object> ops, String name, int in, Object x) {
        return ops.relu(conv(ops, name, in, 8, 3, x));
    }

    private static Object chain(Ops<Object> ops, Object x) {
        return narrow(ops, "chain.1", 8, narrow(ops, "chain.0", 3, x));
    }

    private static Object unit(Ops<Object> ops, Object x) {
        Object y = narrow(ops, "unit.0", 3, x);
        Object z = conv(ops, "unit.2", 8, 8, 3, narrow(ops, "unit.1", 8, y));
        return ops.relu(ops.add(z, y));
    }

    private static Object scaled(Ops<Object> ops, Object x) {
        Object y = ops.conv(Conv2d.of("scaled", 3, 8, 3).withoutBias(), x);
        return ops.channelScale(new ChannelScale("scale", 8), ops.batchNorm(new BatchNorm("scaled.norm", 8), y));
    }

    private static Object fork(Ops<Object> ops, Object x) {
        Object y = ops.conv(Conv2d.of("fork", 3, 8, 3), x);
        return ops.mul(ops.batchNorm(new BatchNorm("fork.0", 8), y), ops.batchNorm(new BatchNorm("fork.1", 8), y));
    }

    private static Object attended(Ops<Object> ops, Over over, Object x) {
        Object y = chain(ops, x);
        return narrow(ops, "after", 8, ops.mul(y, ops.sigmoid(ops.mean(over, y))));
    }

    private static Object attendedAfterEnlarging(Ops<Object> ops, int channels, Object x) {
        Object y = small(ops, channels, x);
        Object factors = ops.conv(Conv2d.of("factors", channels, channels, 1), ops.max(Over.PIXELS, y));
        return ops.add(ops.mul(y, ops.sigmoid(factors)), conv(ops, "whole", 3, channels, 3, x));
    }

    private static Object small(Ops<Object> ops, int channels, Object x) {
        Object halved = ops.maxPool(MaxPool.by("pool", 2), x);
        return ops.upsample(UP, conv(ops, "half", 3, channels, 1, halved));
    }

    private static Object enlarged(Ops<Object> ops, Object x) {
        Object y = ops.upsample(UP, ops.maxPool(MaxPool.by("pool", 2), x));
        return ops.add(conv(ops, "a", 3, 2, 1, y), ops.mean(Over.CHANNELS, y));
    }

    /** The smallest images too, of which every pixel is at an edge. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void layersOfFewChannelsComputeTheSame(String name, OpsTest.Program program) {
        Network network = network(4, program);
        Weights weights = RandomWeights.of(network, 2);
        byte[] plain = Onnx.export(network, weights, Rewriting.NONE);
        byte[] rewritten = Onnx.export(network, weights, Rewriting.EXACT);
        for (FloatTensor image :
                List.of(Tensors.noise(1, 1, 3, 4, 4), Tensors.noise(2, 2, 3, 8, 20), Tensors.noise(3, 1, 3, 12, 4))) {
            requireAgreement(Onnx.runAll(plain, image), Onnx.runAll(rewritten, image));
        }
    }

    /** Between two 3x3 convolutions, pairs are shifted: each convolution then sees two columns of pairs and not three. */
    @Test
    void layersOfEightChannelsSeePairsOfPixels() throws Exception {
        assertThat(kernels(network(2, RewritingTest::unit)))
                .containsExactlyInAnyOrder(
                        List.of(16L, 3L, 3L, 4L), List.of(16L, 16L, 3L, 2L), List.of(16L, 16L, 3L, 2L));
    }

    @Test
    void pointwiseLayersOfAnImageOfFewChannelsMakePairs() throws Exception {
        assertThat(kernels(network(2, (ops, x) -> ops.conv(Conv2d.of("unit", 3, 8, 1), x))))
                .containsExactly(List.of(16L, 3L, 1L, 2L));
    }

    @Test
    void oddWidthsStayPlain() throws Exception {
        assertThat(kernels(network(1, RewritingTest::unit)))
                .containsExactlyInAnyOrder(List.of(8L, 3L, 3L, 3L), List.of(8L, 8L, 3L, 3L), List.of(8L, 8L, 3L, 3L));
    }

    private static List<List<Long>> kernels(Network network) throws Exception {
        return graph(network, Rewriting.EXACT).getInitializerList().stream()
                .filter(tensor -> tensor.getName().startsWith("unit") && tensor.getDimsCount() == 4)
                .map(tensor -> tensor.getDimsList())
                .toList();
    }

    private static GraphProto graph(Network network, Rewriting rewriting) throws Exception {
        byte[] onnx = Onnx.export(network, RandomWeights.of(network, 1), rewriting);
        return ModelProto.parseFrom(onnx).getGraph();
    }

    private static Map<String, NodeProto> producers(GraphProto graph) {
        return graph.getNodeList().stream().collect(Collectors.toMap(node -> node.getOutput(0), Function.identity()));
    }

    private static String type(Map<String, NodeProto> producers, String value) {
        return producers.containsKey(value) ? producers.get(value).getOpType() : "";
    }

    private static Network network(int multiple, OpsTest.Program program) {
        return OpsTest.network(multiple, program);
    }
}
