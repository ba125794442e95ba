package dev.irstd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnnxFileTest {
    private static final int DYNAMIC = TinyNetwork.DYNAMIC;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weights.bin",
                "../../etc/passwd",
                "/etc/passwd",
                "C:\\Windows\\win.ini",
                "*/_ORT_MEM_ADDR_/*",
                "",
            })
    void weightsOutsideTheFileAreRefusedWhereverTheyAre(String location) {
        assertRefused(inInitializer(external(location)), "\"" + location + "\"");
    }

    @Test
    void weightsAreNotReadFromTheWorkingDirectoryEither() throws IOException {
        // ONNX Runtime would read them.
        Path weights = Files.write(Files.createTempFile(Path.of(""), "weights", ".bin"), new byte[9 * Float.BYTES]);
        try {
            assertRefused(inInitializer(external(weights.toString())), weights.toString());
        } finally {
            Files.delete(weights);
        }
    }

    static Stream<ModelProto> placesOfTensors() {
        TensorProto tensor = external("weights.bin");
        SparseTensorProto values =
                SparseTensorProto.newBuilder().setValues(tensor).build();
        SparseTensorProto indices =
                SparseTensorProto.newBuilder().setIndices(tensor).build();
        GraphProto graph = GraphProto.newBuilder().addInitializer(tensor).build();
        return Stream.of(
                inGraph(GraphProto.newBuilder().addSparseInitializer(values)),
                inGraph(GraphProto.newBuilder().addSparseInitializer(indices)),
                inAttribute(AttributeProto.newBuilder().setT(tensor)),
                inAttribute(AttributeProto.newBuilder().addTensors(tensor)),
                inAttribute(AttributeProto.newBuilder().setSparseTensor(values)),
                inAttribute(AttributeProto.newBuilder().addSparseTensors(indices)),
                inAttribute(AttributeProto.newBuilder().setG(graph)),
                inAttribute(AttributeProto.newBuilder().addGraphs(graph)),
                ModelProto.newBuilder()
                        .addFunctions(FunctionProto.newBuilder()
                                .addNode(node(AttributeProto.newBuilder().setT(tensor))))
                        .build(),
                ModelProto.newBuilder()
                        .addFunctions(FunctionProto.newBuilder()
                                .addAttributeProto(AttributeProto.newBuilder().setT(tensor)))
                        .build(),
                ModelProto.newBuilder()
                        .addTrainingInfo(TrainingInfoProto.newBuilder().setInitialization(graph))
                        .build(),
                ModelProto.newBuilder()
                        .addTrainingInfo(TrainingInfoProto.newBuilder().setAlgorithm(graph))
                        .build());
    }

    @ParameterizedTest(name = "place {index}")
    @MethodSource("placesOfTensors")
    void noPlaceOfATensorIsForgotten(ModelProto model) {
        assertRefused(model, "\"weights.bin\"");
    }

    @Test
    void aTensorThatOnlyMentionsAnotherFileIsRead() {
        TensorProto inside = external("weights.bin").toBuilder()
                .setDataLocation(TensorProto.DataLocation.DEFAULT)
                .build();

        assertThatCode(() -> OnnxFile.require(model(inInitializer(inside)))).doesNotThrowAnyException();
    }

    @Test
    void aManifestThatSaysAThingTwiceIsRefused() {
        ModelProto.Builder model = ModelProto.newBuilder();
        model.addMetadataProps(entry("irstd.threshold", "0.5")).addMetadataProps(entry("author", "a"));
        model.addMetadataProps(entry("irstd.threshold", "0.9")).addMetadataProps(entry("author", "b"));

        assertRefused(model.build(), "irstd.threshold more than once");
    }

    @Test
    void entriesOfOthersMayRepeat() {
        ModelProto model = ModelProto.newBuilder()
                .addMetadataProps(entry("author", "a"))
                .addMetadataProps(entry("author", "b"))
                .build();

        assertThatCode(() -> OnnxFile.require(model(model))).doesNotThrowAnyException();
    }

    @Test
    void aGraphThatIsNestedWithoutEndIsRefused() {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int level = 0; level < 200; level++) {
            graph = GraphProto.newBuilder()
                    .addNode(node(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }

        assertRefused(ModelProto.newBuilder().setGraph(graph).build(), "nested deeper than 100 messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3A", // the graph's tag and no length
                "3A 05 0A", // the graph cut off
                "3A FF FF FF FF 07", // longer than any array
                "3A FF FF FF FF FF FF FF FF FF 01", // of length -1
                "08 FF FF FF FF FF FF FF FF FF FF 01", // a number of eleven bytes
                "0D 00 00", // four bytes, of which two are there
                "09 00 00", // eight bytes
                "00 00", // field 0
                "0B 0C", // a group, which ONNX does not have
                "0E", // wire type 6
                "72 02 08 01", // metadata whose key is a number
                "1F 8B 08 00", // gzip
                "50 4B 03 04", // zip
            })
    void whatIsNoProtobufOfOnnxIsRefusedBeforeOnnxRuntimeSeesIt(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);

        assertThatThrownBy(() -> OnnxFile.require(Model.of("broken.onnx", bytes)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("broken.onnx", bytes.length + " bytes", "not an ONNX file");
    }

    private static void assertRefused(ModelProto model, String said) {
        assertThatThrownBy(() -> IrstdDetector.load(model(model)))
                .isInstanceOf(ModelException.class)
                .hasNoCause()
                .hasMessageContainingAll("edited.onnx", said);
    }

    private static Model model(ModelProto model) {
        return Model.of("edited.onnx", model.toByteArray());
    }

    private static ModelProto inInitializer(TensorProto tensor) {
        byte[] onnx = TinyNetwork.ofChannels(1)
                .thenConvolution(1, 1, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0)
                .onnx(TinyNetwork.GREY_IS_SCORE.toMetadata(), DYNAMIC, 1, DYNAMIC, DYNAMIC);
        ModelProto.Builder model = TinyNetwork.parsed(onnx);
        model.getGraphBuilder().setInitializer(0, tensor);
        return model.build();
    }

    private static ModelProto inGraph(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setGraph(graph).build();
    }

    private static ModelProto inAttribute(AttributeProto.Builder attribute) {
        return inGraph(GraphProto.newBuilder().addNode(node(attribute)));
    }

    private static NodeProto node(AttributeProto.Builder attribute) {
        return NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(attribute.setName("a").setType(AttributeType.GRAPH))
                .build();
    }

    /** The weights of a convolution of 3 x 3. */
    private static TensorProto external(String location) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("constant0")
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        Map.of("location", location, "offset", "0", "length", "36")
                .forEach((key, value) -> tensor.addExternalData(entry(key, value)));
        return tensor.addDims(1).addDims(1).addDims(3).addDims(3).build();
    }

    private static StringStringEntryProto.Builder entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
    }
}
