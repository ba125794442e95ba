package dev.irstd.benchmarks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.irstd.training.weights.FloatTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * Turns the plain network into TorchScript, which Java cannot trace but can write: a line for each node. As many operations
 * as RRCANet has.
 */
public final class TorchScript {
    private final Map<String, String> names = new HashMap<>();
    private final JitModule module = new JitModule(new QualifiedName("RRCANet"));

    private TorchScript() {}

    /**
     * Writes a TorchScript file. In a process of its own, as PyTorch of another version cannot live beside this one.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) {
        write(PlainNetwork.load(), Path.of(arguments[0]));
        System.exit(0);
    }

    static void write(PlainNetwork network, Path file) {
        try (PointerScope scope = new PointerScope()) {
            TorchScript script = new TorchScript();
            // Whoever loads the file switches it off.
            script.module.register_attribute(
                    "training", new Type.TypePtr(BoolType.get().get()), new IValue(false));
            network.tensors().forEach(script::register);
            script.module.define(script.forward(network.graph()));
            script.module.save(file.toString());
        }
    }

    private void register(String name, FloatTensor tensor) {
        String parameter = "w" + names.size();
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        module.register_parameter(
                parameter,
                torch.from_blob(new FloatPointer(tensor.values()), shape).clone(),
                false);
        names.put(name, "self." + parameter);
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
                "torch.conv2d(" + x + ", " + inputs.get(1) + ", " + (inputs.size() > 2 ? inputs.get(2) : "None")
                        + ", [1, 1], " + leading("pads", node) + ")";
            case "BatchNormalization" -> "torch.batch_norm(" + all + ", False, 0.1, 1e-05, True)";
            case "MaxPool" ->
                "torch.max_pool2d(" + x + ", " + leading("kernel_shape", node) + ", " + leading("strides", node) + ")";
            case "Resize" ->
                "torch.upsample_bilinear2d(" + x + ", [2 * " + x + ".size(2), 2 * " + x + ".size(3)], True)";
            case "GlobalAveragePool" -> "torch.adaptive_avg_pool2d(" + x + ", [1, 1])";
            case "GlobalMaxPool" -> "torch.amax(" + x + ", [2, 3], True)";
            case "Concat" -> "torch.cat([" + all + "], 1)";
            case "Relu", "Sigmoid", "Add", "Mul" ->
                "torch." + node.getOpType().toLowerCase(Locale.ROOT) + "(" + all + ")";
            case "Identity" -> x;
            default -> throw new IllegalArgumentException("no TorchScript for " + node.getOpType());
        };
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
