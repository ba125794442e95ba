package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.irstd.InputType;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.training.weights.FloatTensor;
import java.util.List;

import static dev.irstd.training.onnx.OnnxGraph.fixed;
import static dev.irstd.training.onnx.OnnxGraph.free;
import static dev.irstd.training.onnx.OnnxGraph.integer;

/**
 * The way from samples to what a network sees, inside the file: the arithmetic of a detector in the same order, so that
 * each float is the same. No size is computed, since a GPU would leave that to the CPU; how much is padded comes in.
 */
final class SampleInput {
    private final OnnxGraph graph;

    private SampleInput(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Adds the inputs of a file and returns the scaled, normalised and padded image. */
    static String write(GraphProto.Builder file, OnnxGraph graph, ModelManifest manifest) {
        boolean bytes = manifest.input() == InputType.UINT8;
        int type = bytes ? DataType.UINT8_VALUE : DataType.INT16_VALUE;
        file.addInput(OnnxGraph.value("samples", type, free("batch"), fixed(1), free("rows"), free("columns")));
        for (String limit : List.of("black", "white")) {
            file.addInput(OnnxGraph.value(limit, free("batch"), fixed(1), fixed(1), fixed(1)));
        }
        file.addInput(OnnxGraph.value("pads", DataType.INT64_VALUE, fixed(8)));
        SampleInput input = new SampleInput(graph);
        String image = input.padded(input.normalized(manifest.normalization(), input.grey(input.floats(bytes))));
        graph.describe(image, manifest.channels(), "height", "width");
        return image;
    }

    /** Samples of 16 bits come as numbers with a sign, because Java has no tensors of others. */
    private String floats(boolean bytes) {
        return cast(bytes ? "samples" : cast("samples", DataType.UINT16_VALUE), DataType.FLOAT_VALUE);
    }

    private String cast(String x, int type) {
        return graph.node("Cast", List.of(x), integer("to", type));
    }

    private String grey(String samples) {
        String clamped = graph.node("Min", List.of(graph.node("Max", List.of(samples, "black")), "white"));
        String above = graph.node("Sub", List.of(clamped, "black"));
        String span = graph.node("Max", List.of(graph.node("Sub", List.of("white", "black")), graph.scalar(1)));
        return graph.node("Div", List.of(graph.node("Mul", List.of(above, graph.scalar(255))), span));
    }

    private String normalized(Normalization normalization, String grey) {
        String centred = graph.node("Sub", List.of(grey, channels("mean", normalization.mean())));
        return graph.node("Div", List.of(centred, channels("standard deviation", normalization.standardDeviation())));
    }

    private String channels(String name, List<Float> numbers) {
        float[] values = new float[numbers.size()];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = numbers.get(channel);
        }
        return graph.store("input " + name, new FloatTensor(List.of(values.length, 1, 1), values));
    }

    private String padded(String image) {
        return graph.node("Pad", List.of(image, "pads"));
    }
}
