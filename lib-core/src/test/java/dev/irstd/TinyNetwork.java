package dev.irstd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * ONNX networks small enough to know their answer by heart. Each is a chain of operations; what {@link #then} adds
 * reads the value before it.
 */
final class TinyNetwork {
    static final int DYNAMIC = -1;

    /** The manifest of a network that returns its input: score = grey / 255, exactly. */
    static final ModelManifest GREY_IS_SCORE = new ModelManifest(
            "tiny",
            1,
            Normalization.of(0, 255),
            new Geometry.PadToMultiple(1),
            Activation.PROBABILITY,
            0.5f,
            new Provenance("1.2", "none – built by hand", "é", "Apache-2.0"));

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private int values;

    private TinyNetwork(int elementType, int... inputShape) {
        graph.addInput(value("value0", elementType, inputShape));
    }

    /** A network that takes images of any size. */
    static TinyNetwork ofChannels(int channels) {
        return new TinyNetwork(TensorProto.DataType.FLOAT_VALUE, DYNAMIC, channels, DYNAMIC, DYNAMIC);
    }

    static TinyNetwork ofInput(TensorProto.DataType type, int... shape) {
        return new TinyNetwork(type.getNumber(), shape);
    }

    /** The simplest detector: the input is the score. */
    static Model identity() {
        return ofChannels(1).then("Identity").model(GREY_IS_SCORE);
    }

    /** Fails unless width and height are multiples of the block. */
    TinyNetwork needingMultipleOf(int block) {
        AttributeProto size = integer("blocksize", block);
        return then("SpaceToDepth", size).then("DepthToSpace", size);
    }

    /** Applies {@code operation(value, constant)} to each value. */
    TinyNetwork then(String operation, float constant) {
        return then(node(operation).addInput(constant(new float[] {constant})));
    }

    TinyNetwork then(String operation, AttributeProto... attributes) {
        return then(node(operation).addAllAttribute(List.of(attributes)));
    }

    /** Applies {@code operation(value, value)}. */
    TinyNetwork thenWithItself(String operation) {
        return then(node(operation).addInput("value" + values));
    }

    TinyNetwork thenConvolution(int from, int to, int size, float... weights) {
        String name = constant(weights, to, from, size, size);
        AttributeProto pads = integers("pads", size / 2, size / 2, size / 2, size / 2);
        return then(node("Conv").addInput(name).addAttribute(pads));
    }

    TinyNetwork thenRandomConvolution(int from, int to, int size, Random random) {
        float[] weights = new float[from * to * size * size];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return thenConvolution(from, to, size, weights);
    }

    TinyNetwork alsoTaking(String extraInput) {
        graph.addInput(value(extraInput, TensorProto.DataType.FLOAT_VALUE, DYNAMIC, 1, DYNAMIC, DYNAMIC));
        return this;
    }

    /** Adds the output {@code operation(input, input)}. */
    TinyNetwork alsoReturning(String extraOutput, String operation) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operation)
                .addInput("value0")
                .addInput("value0")
                .addOutput(extraOutput));
        graph.addOutput(value(extraOutput, TensorProto.DataType.FLOAT_VALUE, DYNAMIC, 1, DYNAMIC, DYNAMIC));
        return this;
    }

    Model model(ModelManifest manifest) {
        return model(manifest.toMetadata());
    }

    Model model(Map<String, String> metadata) {
        return Model.of("tiny.onnx", onnx(metadata, DYNAMIC, 1, DYNAMIC, DYNAMIC));
    }

    /** The file; a declared output shape that does not hold is a way to lie to the detector. */
    byte[] onnx(Map<String, String> metadata, int... outputShape) {
        GraphProto finished = graph.clone()
                .addOutput(0, value("value" + values, TensorProto.DataType.FLOAT_VALUE, outputShape))
                .build();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(finished);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    /** A file to be changed in what no method here changes. */
    static ModelProto.Builder parsed(byte[] onnx) {
        try {
            return ModelProto.parseFrom(onnx).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static AttributeProto integer(String name, int value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(String name, int... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (int value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private NodeProto.Builder node(String operation) {
        return NodeProto.newBuilder().setOpType(operation).addInput("value" + values);
    }

    private TinyNetwork then(NodeProto.Builder node) {
        values++;
        graph.addNode(node.addOutput("value" + values));
        return this;
    }

    private String constant(float[] numbers, long... shape) {
        String name = "constant" + graph.getInitializerCount();
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        for (long size : shape) {
            tensor.addDims(size);
        }
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static ValueInfoProto value(String name, int elementType, int... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < shape.length; axis++) {
            TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
            sizes.addDim(shape[axis] == DYNAMIC ? size.setDimParam(name + axis) : size.setDimValue(shape[axis]));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(elementType)
                                .setShape(sizes)))
                .build();
    }
}
