package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.irstd.training.weights.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph under construction: nodes in order, constants stored once. A value is known by its name. */
final class OnnxGraph {
    private final GraphProto.Builder graph;
    private final Set<String> stored = new HashSet<>();
    private final Map<String, FloatTensor> floats = new HashMap<>();

    OnnxGraph(GraphProto.Builder graph) {
        this.graph = graph;
    }

    /** Adds an operation and returns its result. */
    String node(String type, List<String> inputs, AttributeProto... attributes) {
        String output = type + "_" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** Gives a value the name it is to have outside the graph. */
    void name(String value, String name) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
    }

    /** Says the shape of a value: [batch, channels, height, width]. */
    void describe(String value, int channels, String height, String width) {
        graph.addValueInfo(value(value, free("batch"), fixed(channels), free(height), free(width)));
    }

    /**
     * Stores a tensor, once.
     *
     * @throws IllegalStateException if the name stands for another
     */
    String store(String name, FloatTensor tensor) {
        FloatTensor before = floats.putIfAbsent(name, tensor);
        if (before != null && !same(before, tensor)) {
            throw new IllegalStateException("\"" + name + "\" stands for two tensors");
        }
        if (stored.add(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.values());
            TensorProto.Builder initializer = initializer(name, TensorProto.DataType.FLOAT_VALUE, bytes);
            tensor.shape().forEach(initializer::addDims);
            graph.addInitializer(initializer);
        }
        return name;
    }

    private static boolean same(FloatTensor one, FloatTensor other) {
        return one.shape().equals(other.shape()) && Arrays.equals(one.values(), other.values());
    }

    /** A constant number. */
    String scalar(double value) {
        return store("constant " + value, new FloatTensor(List.of(), new float[] {(float) value}));
    }

    /** A constant row of numbers. */
    String floats(float... values) {
        return store("constant " + Arrays.toString(values), new FloatTensor(List.of(values.length), values));
    }

    /** A constant row of whole numbers, as shapes, axes and indices are. */
    String longs(long... values) {
        String name = "constant " + (values.length <= 8 ? Arrays.toString(values) : "" + stored.size());
        if (stored.add(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            graph.addInitializer(
                    initializer(name, TensorProto.DataType.INT64_VALUE, bytes).addDims(values.length));
        }
        return name;
    }

    /** Drops what leads to no output of the graph. */
    void prune() {
        Set<String> needed = new HashSet<>();
        graph.getOutputList().forEach(output -> needed.add(output.getName()));
        Deque<NodeProto> kept = new ArrayDeque<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(node.getInputList());
                kept.addFirst(node);
            }
        }
        List<TensorProto> constants = graph.getInitializerList().stream()
                .filter(constant -> needed.contains(constant.getName()))
                .toList();
        graph.clearNode().addAllNode(kept);
        graph.clearInitializer().addAllInitializer(constants);
        List<ValueInfoProto> shapes = graph.getValueInfoList().stream()
                .filter(value -> needed.contains(value.getName()))
                .toList();
        graph.clearValueInfo().addAllValueInfo(shapes);
    }

    static ValueInfoProto value(String name, TensorShapeProto.Dimension... shape) {
        return value(name, TensorProto.DataType.FLOAT_VALUE, shape);
    }

    static ValueInfoProto value(String name, int type, TensorShapeProto.Dimension... shape) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type);
        if (shape.length > 0) {
            tensor.setShape(TensorShapeProto.newBuilder().addAllDim(List.of(shape)));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    static TensorShapeProto.Dimension fixed(int size) {
        return TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
    }

    static TensorShapeProto.Dimension free(String name) {
        return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
    }

    static TensorProto.Builder initializer(String name, int type, ByteBuffer bytes) {
        return TensorProto.newBuilder().setName(name).setDataType(type).setRawData(ByteString.copyFrom(bytes));
    }

    /** The floats of a constant. */
    static FloatBuffer floats(TensorProto constant) {
        return constant.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
