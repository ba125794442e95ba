package dev.irstd.benchmarks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The plain network as a Python function on PyTorch's operations: a line for each node. As many as RRCANet has. */
final class TorchSource {
    private final Map<String, String> names;
    private final String operations;

    private TorchSource(Map<String, String> names, String operations) {
        this.names = names;
        this.operations = operations;
    }

    /**
     * Writes a method.
     *
     * @param parameters what each weight is called there
     * @param operations where PyTorch's operations are found: {@code torch} in TorchScript, {@code torch.ops.aten} in
     *     Python
     * @return {@code def forward(self, image)} and its lines
     */
    static String forward(GraphProto graph, Map<String, String> parameters, String operations) {
        return new TorchSource(new HashMap<>(parameters), operations).forward(graph);
    }

    private String forward(GraphProto graph) {
        StringBuilder source = new StringBuilder("def forward(self, image):\n");
        names.put(graph.getInput(0).getName(), "image");
        for (NodeProto node : graph.getNodeList()) {
            String expression = expression(node);
            String value = "v" + names.size();
            names.put(node.getOutput(0), value);
            source.append("    ").append(value).append(" = ").append(expression).append("\n");
        }
        return source.append("    return ")
                .append(names.get(graph.getOutput(0).getName()))
                .append("\n")
                .toString();
    }

    private String expression(NodeProto node) {
        List<String> inputs = node.getInputList().stream()
                .map(input -> names.getOrDefault(input, ""))
                .toList();
        String x = inputs.get(0);
        String all = String.join(", ", inputs);
        return switch (node.getOpType()) {
            case "Conv" ->
                call(
                        "conv2d",
                        x,
                        inputs.get(1),
                        inputs.size() > 2 ? inputs.get(2) : "None",
                        "[1, 1]",
                        leading("pads", node));
            case "BatchNormalization" -> call("batch_norm", all, "False, 0.1, 1e-05, True");
            case "MaxPool" -> call("max_pool2d", x, leading("kernel_shape", node), leading("strides", node));
            case "Resize" -> call("upsample_bilinear2d", x, "[2 * " + x + ".size(2), 2 * " + x + ".size(3)]", "True");
            case "GlobalAveragePool" -> call("adaptive_avg_pool2d", x, "[1, 1]");
            case "GlobalMaxPool" -> call("amax", x, "[2, 3]", "True");
            case "Concat" -> call("cat", "[" + all + "]", "1");
            case "Relu", "Sigmoid", "Add", "Mul" -> call(node.getOpType().toLowerCase(Locale.ROOT), all);
            case "Identity" -> x;
            default -> throw new IllegalArgumentException("PyTorch is not told how to do " + node.getOpType());
        };
    }

    private String call(String operation, String... arguments) {
        return operations + "." + operation + "(" + String.join(", ", arguments) + ")";
    }

    /** The first two numbers of an attribute: for pads, those that stand for all. */
    private static String leading(String name, NodeProto node) {
        AttributeProto attribute = node.getAttributeList().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findAny()
                .orElseThrow();
        return attribute.getIntsList().subList(0, 2).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
