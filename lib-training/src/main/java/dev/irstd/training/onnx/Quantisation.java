package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets convolutions and sums of a graph compute with integers of 8 bits. Values get a pair of QuantizeLinear and
 * DequantizeLinear, which a runtime fuses with the operations around it; the graph still computes the same by itself, but for
 * rounding.
 */
final class Quantisation {
    /** Below, integers save nothing; and it leaves the layers in floats that see the image and that make the prediction. */
    private static final int FEWEST_CHANNELS = 8;

    /**
     * Seven bits: processors without VNNI add two products of an activation, up to 255, and a weight in 16 bits with a sign.
     * Two times 255 times 64 has room there, and more would silently be cut.
     */
    private static final int LARGEST_WEIGHT = 64;
    /** Half of what 32 bits hold, which leaves the other half for the sum of products. */
    private static final float LARGEST_BIAS = 1 << 30;

    private final GraphProto.Builder graph;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, List<NodeProto>> readers = new HashMap<>();
    /** Results of what computes with integers. */
    private final Set<String> integers = new HashSet<>();

    private final Map<String, String> dequantised = new HashMap<>();
    private final List<NodeProto> nodes = new ArrayList<>();

    private Quantisation(GraphProto.Builder graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
        for (NodeProto node : graph.getNodeList()) {
            makers.put(node.getOutput(0), node);
            node.getInputList().forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>())
                    .add(node));
        }
    }

    /**
     * Quantises what can be.
     *
     * @param graph without anything that leads to no output
     * @param calibration gives the ranges of values
     * @throws IllegalArgumentException if nothing can be
     */
    static void apply(GraphProto.Builder graph, Function<Set<String>, Map<String, Range>> calibration) {
        Quantisation quantisation = new Quantisation(graph);
        quantisation.choose();
        Set<String> values = quantisation.values();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no int8 for " + graph.getName() + ": no convolution has "
                    + FEWEST_CHANNELS + " channels or more on either side; export it in floats");
        }
        quantisation.write(quantisation.fitted(calibration.apply(values), values));
    }

    private void choose() {
        Set<String> pooled = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (isPooled(node, pooled)) {
                pooled.add(node.getOutput(0));
            } else if (isForIntegers(node)) {
                integers.add(node.getOutput(0));
            }
        }
    }

    /** Whether a value is made of nothing but sums or maxima of whole images: it is too small to gain. */
    private boolean isPooled(NodeProto node, Set<String> pooled) {
        List<String> inputs = node.getInputList();
        return node.getOpType().startsWith("Global")
                || inputs.stream().anyMatch(pooled::contains)
                        && inputs.stream().allMatch(input -> pooled.contains(input) || constants.containsKey(input));
    }

    private boolean isForIntegers(NodeProto node) {
        List<String> inputs = node.getInputList();
        return switch (node.getOpType()) {
            case "Conv" -> isWide(node);
            case "Add" ->
                inputs.stream().noneMatch(constants::containsKey)
                        && inputs.stream().anyMatch(integers::contains);
            case "Relu", "MaxPool", "Concat" -> integers.containsAll(inputs);
            default -> false;
        };
    }

    private boolean isWide(NodeProto conv) {
        if (!constants.keySet().containsAll(conv.getInputList().subList(1, conv.getInputCount()))) {
            return false;
        }
        List<Long> shape = constants.get(conv.getInput(1)).getDimsList();
        long groups = conv.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("group"))
                .mapToLong(AttributeProto::getI)
                .findAny()
                .orElse(1);
        return shape.get(0) >= FEWEST_CHANNELS && groups * shape.get(1) >= FEWEST_CHANNELS;
    }

    /** What goes into integer operations and comes out of them; a ReLU is one with the convolution or sum before it. */
    private Set<String> values() {
        Set<String> values = new LinkedHashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            String output = node.getOutput(0);
            if (integers.contains(output)) {
                if (!node.getOpType().equals("Relu")) {
                    node.getInputList().stream()
                            .filter(input -> !constants.containsKey(input))
                            .forEach(values::add);
                }
                if (!isRectified(node)) {
                    values.add(output);
                }
            }
        }
        return values;
    }

    private boolean isRectified(NodeProto node) {
        List<NodeProto> after = readers.getOrDefault(node.getOutput(0), List.of());
        return (node.getOpType().equals("Conv") || node.getOpType().equals("Add"))
                && after.size() == 1
                && after.get(0).getOpType().equals("Relu");
    }

    private Map<String, Range> fitted(Map<String, Range> measured, Set<String> values) {
        Map<String, Range> ranges = new HashMap<>(measured);
        for (String value : values) {
            NodeProto maker = makers.get(value);
            Range range = measured.get(value);
            if (maker != null && maker.getOpType().equals("MaxPool") && ranges.containsKey(maker.getInput(0))) {
                ranges.put(value, ranges.get(maker.getInput(0)));
            } else if (isForRectifiedSums(value)) {
                ranges.put(value, new Range(Math.max(range.low(), -highestBeside(value, measured)), range.high()));
            }
        }
        return ranges;
    }

    private boolean isForRectifiedSums(String value) {
        List<NodeProto> after = readers.getOrDefault(value, List.of());
        return !after.isEmpty()
                && after.stream().filter(node -> readsIntegers(node, value)).allMatch(this::isRectifiedSum);
    }

    /** Whether an operation sees a value only after it went through 8 bits. */
    private boolean readsIntegers(NodeProto node, String value) {
        return integers.contains(value) || integers.contains(node.getOutput(0));
    }

    private boolean isRectifiedSum(NodeProto node) {
        return node.getOpType().equals("Add") && integers.contains(node.getOutput(0)) && isRectified(node);
    }

    /** The highest other summand: what lies further below zero makes a sum of which the ReLU leaves nothing all the same. */
    private float highestBeside(String value, Map<String, Range> ranges) {
        float highest = 0;
        for (NodeProto sum : readers.getOrDefault(value, List.of())) {
            if (!readsIntegers(sum, value)) {
                continue;
            }
            String other = sum.getInput(sum.getInput(0).equals(value) ? 1 : 0);
            highest = Math.max(highest, ranges.get(other).high());
        }
        return highest;
    }

    private void write(Map<String, Range> ranges) {
        for (NodeProto node : graph.getNodeList()) {
            String output = node.getOutput(0);
            NodeProto.Builder changed = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                String input = node.getInput(i);
                if (ranges.containsKey(input) && readsIntegers(node, input)) {
                    changed.setInput(i, dequantised(input, ranges.get(input)));
                }
            }
            if (integers.contains(output) && node.getOpType().equals("Conv")) {
                quantiseWeights(changed, ranges.get(node.getInput(0)).scale());
            }
            nodes.add(changed.build());
        }
        graph.clearNode().addAllNode(nodes);
    }

    /** A value after it went through 8 bits. */
    private String dequantised(String value, Range range) {
        return dequantised.computeIfAbsent(value, name -> {
            String scale =
                    store(name + ", scale", DataType.FLOAT, List.of(), buffer(4).putFloat(range.scale()));
            ByteBuffer zero = buffer(1).put((byte) range.zeroPoint());
            String zeroPoint = store(name + ", zero point", DataType.UINT8, List.of(), zero);
            String quantised = node("QuantizeLinear", name + ", quantised", List.of(name, scale, zeroPoint));
            return node("DequantizeLinear", name + ", dequantised", List.of(quantised, scale, zeroPoint));
        });
    }

    private void quantiseWeights(NodeProto.Builder conv, float inputScale) {
        TensorProto tensor = constants.get(conv.getInput(1));
        float[] weights = floats(tensor);
        int channels = (int) tensor.getDims(0);
        float[] biases = conv.getInputCount() > 2 ? floats(constants.get(conv.getInput(2))) : new float[channels];
        int each = weights.length / channels;
        ByteBuffer integers = buffer(weights.length);
        ByteBuffer scales = buffer(4 * channels);
        ByteBuffer biasIntegers = buffer(4 * channels);
        ByteBuffer biasScales = buffer(4 * channels);
        for (int channel = 0; channel < channels; channel++) {
            float scale = weightScale(weights, channel * each, each, biases[channel], inputScale);
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                integers.put((byte) Math.round(weights[i] / scale));
            }
            float biasScale = scale * inputScale;
            scales.putFloat(scale);
            biasIntegers.putInt(Math.round(biases[channel] / biasScale));
            biasScales.putFloat(biasScale);
        }
        String name = conv.getOutput(0);
        List<Long> row = List.of((long) channels);
        conv.setInput(1, dequantised(name + ", weight", DataType.INT8, tensor.getDimsList(), integers, row, scales));
        String bias = dequantised(name + ", bias", DataType.INT32, row, biasIntegers, row, biasScales);
        if (conv.getInputCount() > 2) {
            conv.setInput(2, bias);
        } else {
            conv.addInput(bias);
        }
    }

    /** The smallest scale of a channel's weights in which both they and the bias have room. */
    private static float weightScale(float[] weights, int from, int count, float bias, float inputScale) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        float scale = Math.max(largest / LARGEST_WEIGHT, Math.abs(bias) / inputScale / LARGEST_BIAS);
        return scale < Float.MIN_NORMAL ? 1 : scale;
    }

    private String dequantised(
            String name, DataType type, List<Long> shape, ByteBuffer integers, List<Long> row, ByteBuffer scales) {
        String quantised = store(name + ", quantised", type, shape, integers);
        String scale = store(name + ", scale", DataType.FLOAT, row, scales);
        return node(
                "DequantizeLinear", name + ", dequantised", List.of(quantised, scale), OnnxGraph.integer("axis", 0));
    }

    private String node(String type, String output, List<String> inputs, AttributeProto... attributes) {
        nodes.add(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build());
        return output;
    }

    private String store(String name, DataType type, List<Long> shape, ByteBuffer values) {
        graph.addInitializer(
                OnnxGraph.initializer(name, type.getNumber(), values.flip()).addAllDims(shape));
        return name;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(TensorProto tensor) {
        FloatBuffer values = OnnxGraph.floats(tensor);
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }
}
