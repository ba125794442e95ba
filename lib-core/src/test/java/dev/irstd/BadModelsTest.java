package dev.irstd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static dev.irstd.TinyNetwork.integer;
import static dev.irstd.TinyNetwork.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a network that is no detector is answered with, and when. */
class BadModelsTest {
    private static final Map<String, String> MANIFEST = TinyNetwork.GREY_IS_SCORE.toMetadata();
    /** A million by a million. */
    private static final TensorProto HUGE = longs("shape", 1, 1, 1_000_000, 1_000_000);

    static Stream<Arguments> refusedWhenLoaded() {
        return Stream.of(
                bad("an operation of somebody's own", of("MyOperation"), "MyOperation"),
                bad("its input as its output", graph(g -> g.setOutput(0, g.getInput(0))), "back as its output"),
                bad("no graph", model(ModelProto.Builder::clearGraph), "not an ONNX network"),
                bad("no node", graph(GraphProto.Builder::clearNode), "not an ONNX network"),
                bad("a graph that feeds itself", graph(g -> g.setNode(0, node("Identity", "value1", "value1"))), ""),
                bad("two values of one name", graph(g -> g.addNode(node("Neg", "value1", "value0"))), "value1"),
                bad("a value that is not there", graph(g -> g.setNode(0, node("Neg", "value1", "gone"))), "gone"),
                bad("no input", graph(GraphProto.Builder::clearInput), "bad.onnx"),
                bad("no output", graph(GraphProto.Builder::clearOutput), "0 outputs"),
                bad("int64 in", input(DataType.INT64), "\"value0\"", "INT64", "float [1, channels, height, width]"),
                bad("fp16 in", input(DataType.FLOAT16), "\"value0\"", "FLOAT16", "float [1, channels, height, width]"),
                bad("double in", input(DataType.DOUBLE), "\"value0\"", "DOUBLE"),
                bad("text in", input(DataType.STRING), "\"value0\"", "STRING"),
                bad("int64 out", output(DataType.INT64), "\"value1\"", "INT64", "float [1, 1, height, width]"),
                bad("fp16 out", output(DataType.FLOAT16), "\"value1\"", "FLOAT16", "float [1, 1, height, width]"),
                bad("a list out", graph(BadModelsTest::returnList), "\"value1\"", "SequenceInfo"),
                bad("an element type that is none", graph(g -> type(g.getInputBuilder(0), 99)), "99"),
                bad("rank 3", shaped(1, DYNAMIC, DYNAMIC), "float [1, channels, height, width]"),
                bad("rank 5", shaped(1, 1, 1, DYNAMIC, DYNAMIC), "float [1, channels, height, width]"),
                bad("three channels, manifest of one", shaped(1, 3, DYNAMIC, DYNAMIC), "3 channel", "manifest says 1"),
                bad("a batch of four", shaped(4, 1, DYNAMIC, DYNAMIC), "float [1, channels, height, width]"),
                bad("no pixels", shaped(1, 1, 0, 0), "0x0"),
                bad("one size, manifest of any", shaped(1, 1, 64, 64), "64x64", "Geometry.Resize"),
                bad(
                        "weights of more elements than there are",
                        graph(g -> g.addInitializer(floats("w", 1L << 40))
                                .setNode(0, node("Add", "value1", "value0", "w"))),
                        "4398046511104"),
                bad(
                        "weights whose size no number holds",
                        graph(g -> g.addInitializer(floats("w", 1L << 32, 1L << 32))
                                .setNode(0, node("Add", "value1", "value0", "w"))),
                        ""),
                bad(
                        "weights of negative size",
                        graph(g -> g.addInitializer(floats("w", -5)).setNode(0, node("Add", "value1", "value0", "w"))),
                        ""),
                bad(
                        "a stride of 0",
                        of("MaxPool", integers("kernel_shape", 2, 2), integers("strides", 0, 0)),
                        "strides"),
                bad("division by the integer 0", graph(BadModelsTest::divideByZero), ""),
                bad(
                        "an opset of the future",
                        model(m -> m.getOpsetImportBuilder(0).setVersion(9999)),
                        "9999"),
                bad("a file format of the future", model(m -> m.setIrVersion(9999)), "9999"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedWhenLoaded")
    void isRefusedWhenLoaded(String name, Model model, List<String> said) {
        assertThatThrownBy(() -> IrstdDetector.load(model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bad.onnx")
                .hasMessageContainingAll(said.toArray(String[]::new));
    }

    static Stream<Arguments> foundWhenRun() {
        return Stream.of(
                bad("NaN", TinyNetwork.ofChannels(1).then("Sub", 0.5f).then("Sqrt"), "NaN at (1, 0)", "PROBABILITY"),
                bad("infinity", TinyNetwork.ofChannels(1).then("Log"), "-Infinity at (1, 0)"),
                bad("below 0", TinyNetwork.ofChannels(1).then("Sub", 1), "-1.0 at (1, 0)"),
                bad("above 1", TinyNetwork.ofChannels(1).then("Add", 1), "2.0 at (0, 0)"),
                bad("another size", of("AveragePool", integers("kernel_shape", 2, 1)), "[1, 1, 1, 3]", "[1, 1, 2, 3]"),
                bad("another size than it says", promising(1, 1, 5, 5), "Got: 2 Expected: 5"),
                bad("nothing", graph(BadModelsTest::takeNothing), "[1, 1, 0, 3]", "[1, 1, 2, 3]"),
                bad(
                        "a terabyte, made of one number",
                        graph(g -> g.addInitializer(HUGE)
                                .addInitializer(floats("one", 1).toBuilder().addFloatData(1))
                                .setNode(0, node("Expand", "e", "one", "shape"))
                                .addNode(maximum("e", "m"))
                                .addNode(node("Add", "value1", "value0", "m"))),
                        "Expand"),
                bad(
                        "a terabyte of zeros",
                        graph(g -> g.addInitializer(HUGE)
                                .setNode(0, node("ConstantOfShape", "e", "shape"))
                                .addNode(maximum("e", "m"))
                                .addNode(node("Add", "value1", "value0", "m"))),
                        "ConstantOfShape"),
                bad(
                        "a size that no number holds",
                        graph(g -> g.addInitializer(longs("pads", 0, 0, 1L << 40, 1L << 40, 0, 0, 0, 0))
                                .setNode(0, node("Pad", "value1", "value0", "pads"))),
                        "Pad"),
                bad(
                        "an element beyond the last",
                        graph(g -> g.addInitializer(longs("index", 1L << 40))
                                .setNode(0, node("Gather", "value1", "value0", "index"))),
                        "Gather"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foundWhenRun")
    void isFoundWhenRunAndLeavesTheDetectorUsable(String name, Model model, List<String> said) {
        InfraredImage image = Frames.grey8(3, 2, 255, 0, 255, 255, 255, 255);
        try (Detector detector = IrstdDetector.load(model)) {
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> detector.detect(image))
                        .isInstanceOf(InferenceException.class)
                        .hasMessageContaining("bad.onnx")
                        .hasMessageContainingAll(said.toArray(String[]::new));
            }
        }
    }

    static Stream<Arguments> answered() {
        return Stream.of(
                bad("an output of which nothing is said", graph(g -> type(g.getOutputBuilder(0))
                        .clearShape())),
                bad("negative sizes, which are free ones", shaped(1, 1, -7, -7)),
                bad("free channels", shaped(DYNAMIC, DYNAMIC, DYNAMIC, DYNAMIC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answered")
    void isOddButRight(String name, Model model, List<String> said) {
        InfraredImage image = Frames.noise(8, 8, 1);
        try (Detector odd = IrstdDetector.load(model);
                Detector plain = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(odd.detect(image).scoreMap())
                    .isEqualTo(plain.detect(image).scoreMap());
        }
    }

    private static Arguments bad(String name, TinyNetwork network, String... said) {
        return bad(name, network.onnx(MANIFEST, DYNAMIC, 1, DYNAMIC, DYNAMIC), said);
    }

    private static Arguments bad(String name, byte[] onnx, String... said) {
        return arguments(name, Model.of("bad.onnx", onnx), List.of(said));
    }

    private static byte[] of(String operation, AttributeProto... attributes) {
        return TinyNetwork.ofChannels(1).then(operation, attributes).onnx(MANIFEST, DYNAMIC, 1, DYNAMIC, DYNAMIC);
    }

    private static byte[] shaped(int... shape) {
        return TinyNetwork.ofInput(DataType.FLOAT, shape).then("Identity").onnx(MANIFEST, shape);
    }

    private static byte[] promising(int... shape) {
        return TinyNetwork.ofChannels(1).then("Identity").onnx(MANIFEST, shape);
    }

    private static byte[] input(DataType type) {
        return graph(g -> {
            type(g.getInputBuilder(0), type.getNumber());
            g.setNode(
                    0, node("Cast", "value1", "value0").toBuilder().addAttribute(integer("to", DataType.FLOAT_VALUE)));
        });
    }

    private static byte[] output(DataType type) {
        return graph(g -> {
            type(g.getOutputBuilder(0), type.getNumber());
            g.setNode(0, node("Cast", "value1", "value0").toBuilder().addAttribute(integer("to", type.getNumber())));
        });
    }

    private static byte[] model(Consumer<ModelProto.Builder> edit) {
        ModelProto.Builder model = TinyNetwork.parsed(of("Identity"));
        edit.accept(model);
        return model.build().toByteArray();
    }

    /** The network whose one node makes value1 of value0, changed. */
    private static byte[] graph(Consumer<GraphProto.Builder> edit) {
        return model(model -> edit.accept(model.getGraphBuilder()));
    }

    private static TypeProto.Tensor.Builder type(ValueInfoProto.Builder value) {
        return value.getTypeBuilder().getTensorTypeBuilder();
    }

    private static void type(ValueInfoProto.Builder value, int elementType) {
        type(value).setElemType(elementType);
    }

    private static void returnList(GraphProto.Builder graph) {
        TypeProto.Sequence list = TypeProto.Sequence.newBuilder()
                .setElemType(graph.getInput(0).getType())
                .build();
        graph.setNode(0, node("SequenceConstruct", "value1", "value0"));
        graph.getOutputBuilder(0).getTypeBuilder().setSequenceType(list);
    }

    private static void divideByZero(GraphProto.Builder graph) {
        graph.addInitializer(longs("zero", 0))
                .addInitializer(longs("one", 1))
                .setNode(0, node("Div", "quotient", "one", "zero"))
                .addNode(
                        node("Cast", "float", "quotient").toBuilder().addAttribute(integer("to", DataType.FLOAT_VALUE)))
                .addNode(node("Add", "value1", "value0", "float"));
    }

    private static void takeNothing(GraphProto.Builder graph) {
        graph.addInitializer(longs("zero", 0))
                .addInitializer(longs("axis", 2))
                .setNode(0, node("Slice", "value1", "value0", "zero", "zero", "axis"));
    }

    private static NodeProto maximum(String from, String to) {
        return node("ReduceMax", to, from).toBuilder()
                .addAttribute(integers("axes", 2, 3))
                .addAttribute(integer("keepdims", 1))
                .build();
    }

    private static NodeProto node(String operation, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operation)
                .addOutput(output)
                .addAllInput(List.of(inputs))
                .build();
    }

    private static TensorProto longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    private static TensorProto floats(String name, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE);
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor.build();
    }
}
