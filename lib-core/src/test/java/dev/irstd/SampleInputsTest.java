package dev.irstd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.irstd.BufferedImageKinds.Kind;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Networks that take samples and prepare them themselves. */
class SampleInputsTest {
    private static final ModelManifest FLOATS = TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 4);

    /** score = grey / 255, by the arithmetic of {@link Preprocessing}. */
    private static GraphProto.Builder graph(InputType type) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("samples")
                .addInput(value("samples", elements(type), DYNAMIC, 1, DYNAMIC, DYNAMIC))
                .addInput(value("black", DataType.FLOAT, DYNAMIC, 1, 1, 1))
                .addInput(value("white", DataType.FLOAT, DYNAMIC, 1, 1, 1))
                .addInput(value("pads", DataType.INT64, 8))
                .addOutput(value("score", DataType.FLOAT, DYNAMIC, 1, DYNAMIC, DYNAMIC));
        add(graph, "Cast", "unsigned", "samples").addAttribute(TinyNetwork.integer("to", DataType.UINT16_VALUE));
        add(graph, "Cast", "floats", "unsigned").addAttribute(TinyNetwork.integer("to", DataType.FLOAT_VALUE));
        add(graph, "Max", "raised", "floats", "black");
        add(graph, "Min", "clamped", "raised", "white");
        add(graph, "Sub", "above", "clamped", "black");
        add(graph, "Sub", "span", "white", "black");
        graph.addNode(constant("255", 255)).addNode(constant("1", 1));
        add(graph, "Max", "positive", "span", "1");
        add(graph, "Mul", "product", "above", "255");
        add(graph, "Div", "grey", "product", "positive");
        add(graph, "Div", "scaled", "grey", "255");
        add(graph, "Pad", "score", "scaled", "pads");
        return graph;
    }

    private static DataType elements(InputType type) {
        return switch (type) {
            case FLOAT32 -> DataType.FLOAT;
            case UINT8 -> DataType.UINT8;
            case UINT16 -> DataType.INT16;
        };
    }

    private static NodeProto constant(String name, float number) {
        return NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput(name)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value_float")
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(number))
                .build();
    }

    private static NodeProto.Builder add(GraphProto.Builder graph, String type, String output, String... inputs) {
        return graph.addNodeBuilder()
                .setOpType(type)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }

    private static ValueInfoProto value(String name, DataType type, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == DYNAMIC) {
                shape.addDimBuilder().setDimParam(name + axis);
            } else {
                shape.addDimBuilder().setDimValue(sizes[axis]);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static Model model(ModelManifest manifest, GraphProto.Builder graph) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
        model.addOpsetImportBuilder().setVersion(17);
        manifest.toMetadata()
                .forEach((key, value) ->
                        model.addMetadataPropsBuilder().setKey(key).setValue(value));
        return Model.of("samples.onnx", model.build().toByteArray());
    }

    static Model model(InputType type) {
        return model(FLOATS.withInput(type), graph(type));
    }

    static List<Kind> kinds() {
        return BufferedImageKinds.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfImageScoresItsGrey(Kind kind) {
        InfraredImage samples = kind.bits() == 8
                ? Frames.noise(17, 6, 4)
                : Frames.grey16(17, 6, new Random(4).ints(17 * 6, 0, 1 << 16).toArray());
        for (InputRange range : List.of(InputRange.fullScale(), InputRange.between(3, 250), InputRange.perImage())) {
            try (Detector floats = detector(TinyNetwork.identity(), range);
                    Detector shorts = detector(model(InputType.UINT16), range);
                    Detector bytes = detector(model(InputType.UINT8), range)) {
                ScoreMap expected = floats.detect(kind.image(17, 6, samples)).scoreMap();
                assertThat(shorts.detect(kind.image(17, 6, samples)).scoreMap()).isEqualTo(expected);
                if (kind.bits() == 8) {
                    assertThat(bytes.detect(kind.image(17, 6, samples)).scoreMap())
                            .isEqualTo(expected);
                } else {
                    assertThatThrownBy(() -> bytes.detect(kind.image(17, 6, samples)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("16 bits");
                }
            }
        }
    }

    private static Detector detector(Model model, InputRange range) {
        return IrstdDetector.builder().model(model).inputRange(range).build();
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad("no pads", graph -> graph.removeInput(3), "pads"),
                bad("floats", graph -> graph.setInput(0, image(DataType.FLOAT)), "\"samples\"", "FLOAT", "UINT8"),
                bad("samples of 16 bits", graph -> graph.setInput(0, image(DataType.INT16)), "INT16", "UINT8"),
                bad(
                        "one size",
                        graph -> graph.setInput(0, value("samples", DataType.UINT8, DYNAMIC, 1, 8, 8)),
                        "\"samples\""),
                bad(
                        "black without an image it is of",
                        graph -> graph.setInput(1, value("black", DataType.FLOAT, 1)),
                        "\"black\"",
                        "FLOAT"),
                bad("few pads", graph -> graph.setInput(3, value("pads", DataType.INT64, 4)), "\"pads\"", "[4]"));
    }

    private static ValueInfoProto image(DataType type) {
        return value("samples", type, DYNAMIC, 1, DYNAMIC, DYNAMIC);
    }

    private static Arguments bad(String name, Consumer<GraphProto.Builder> change, String... said) {
        GraphProto.Builder graph = graph(InputType.UINT8);
        change.accept(graph);
        return arguments(name, graph, List.of(said));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void aGraphThatIsNotWhatItsManifestSaysIsRefused(String name, GraphProto.Builder graph, List<String> said) {
        assertThatThrownBy(() -> IrstdDetector.load(model(FLOATS.withInput(InputType.UINT8), graph)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("samples.onnx")
                .hasMessageContainingAll(said.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
    void aManifestOfFloatsDoesNotSuitSamples(InputType type) {
        assertThatThrownBy(() -> IrstdDetector.load(model(FLOATS, graph(type))))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("4 inputs", "samples");
        assertThatThrownBy(() -> IrstdDetector.load(
                        TinyNetwork.ofChannels(1).then("Identity").model(FLOATS.withInput(type))))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(type.name(), "value0", "samples, black, white and pads");
    }
}
