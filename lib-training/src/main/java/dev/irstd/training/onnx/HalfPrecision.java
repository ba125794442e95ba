package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets some nodes of a graph compute in floats of 16 bits. Convolutions always do; what could overflow or vanish never
 * does; the others do unless something of 32 bits goes into them.
 */
final class HalfPrecision {
    private static final Set<String> HALF = Set.of("Conv", "ConvTranspose", "BatchNormalization");
    private static final Set<String> SINGLE =
            Set.of("InstanceNormalization", "MatMul", "ReduceL2", "ReduceSum", "Softmax", "Sqrt");
    /** What else of a Resize is floats says where, not what. */
    private static final String RESIZE = "Resize";

    private static final int FLOAT = DataType.FLOAT_VALUE;
    private static final int FLOAT16 = DataType.FLOAT16_VALUE;
    private static final float LARGEST = 65504;
    private static final float SMALLEST_NORMAL = 0x1p-14f;

    private final GraphProto.Builder graph;
    private final Map<String, Integer> types = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, String> converted = new HashMap<>();
    private final List<NodeProto> nodes = new ArrayList<>();

    private HalfPrecision(GraphProto.Builder graph) {
        this.graph = graph;
        graph.getInputList()
                .forEach(input -> types.put(
                        input.getName(), input.getType().getTensorType().getElemType()));
        for (TensorProto constant : graph.getInitializerList()) {
            types.put(constant.getName(), constant.getDataType());
            constants.put(constant.getName(), constant);
        }
    }

    /** Converts the nodes of these numbers, the last one excluded; what others read of them is converted back. */
    static void apply(GraphProto.Builder graph, int first, int end) {
        new HalfPrecision(graph).convert(first, end);
    }

    private void convert(int first, int end) {
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            add(node, first <= i && i < end ? floats(node) : FLOAT);
        }
        graph.clearNode().addAllNode(nodes);
        for (ValueInfoProto.Builder value : graph.getValueInfoBuilderList()) {
            value.getTypeBuilder().getTensorTypeBuilder().setElemType(types.get(value.getName()));
        }
    }

    /** The floats that a node computes with. */
    private int floats(NodeProto node) {
        if (HALF.contains(node.getOpType())) {
            return FLOAT16;
        }
        boolean single = node.getInputList().stream()
                .anyMatch(input -> !constants.containsKey(input) && types.getOrDefault(input, 0) == FLOAT);
        return single || SINGLE.contains(node.getOpType()) ? FLOAT : FLOAT16;
    }

    private void add(NodeProto node, int floats) {
        NodeProto.Builder changed = node.toBuilder();
        int data = node.getOpType().equals(RESIZE) ? 1 : node.getInputCount();
        for (int i = 0; i < data; i++) {
            changed.setInput(i, as(floats, node.getInput(i)));
        }
        nodes.add(changed.build());
        int type = type(node, floats);
        node.getOutputList().forEach(output -> types.put(output, type));
    }

    private int type(NodeProto node, int floats) {
        return switch (node.getOpType()) {
            case "Shape" -> DataType.INT64_VALUE;
            case "Cast" ->
                node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("to"))
                        .mapToInt(attribute -> (int) attribute.getI())
                        .findAny()
                        .orElseThrow();
            default -> isFloat(node.getInput(0)) ? floats : types.get(node.getInput(0));
        };
    }

    private boolean isFloat(String value) {
        int type = types.getOrDefault(value, 0);
        return type == FLOAT || type == FLOAT16;
    }

    private String as(int floats, String value) {
        if (!isFloat(value) || types.get(value) == floats) {
            return value;
        }
        return converted.computeIfAbsent(value, name -> {
            String result = name + (floats == FLOAT16 ? ", half" : ", single");
            if (constants.containsKey(name)) {
                graph.addInitializer(half(constants.get(name)).setName(result));
            } else {
                AttributeProto to = OnnxGraph.integer("to", floats);
                nodes.add(NodeProto.newBuilder()
                        .setOpType("Cast")
                        .setName(result)
                        .addInput(name)
                        .addOutput(result)
                        .addAttribute(to)
                        .build());
            }
            types.put(result, floats);
            return result;
        });
    }

    private static TensorProto.Builder half(TensorProto single) {
        FloatBuffer values = OnnxGraph.floats(single);
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            bytes.putShort(bits(values.get()));
        }
        return single.toBuilder().setDataType(FLOAT16).setRawData(ByteString.copyFrom(bytes.flip()));
    }

    /** The nearest float of 16 bits, the even one of two; what is too large becomes the largest. */
    static short bits(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.min(Math.abs(value), LARGEST);
        if (size < SMALLEST_NORMAL) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int single = Float.floatToRawIntBits(size);
        int rounded = single + 0xFFF + (single >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (112 << 10));
    }
}
