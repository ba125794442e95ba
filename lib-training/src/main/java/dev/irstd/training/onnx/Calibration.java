package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.irstd.Geometry;
import dev.irstd.InfraredImage;
import dev.irstd.ModelManifest;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a network in floats on calibration images, and notes the ranges of its activations. */
final class Calibration {
    private final List<InfraredImage> images;
    private final ModelManifest manifest;
    private final int multiple;

    /**
     * A calibration.
     *
     * @throws IllegalArgumentException if the network has a single size, to which images would have to be resized
     */
    Calibration(List<InfraredImage> images, ModelManifest manifest) {
        if (!(manifest.geometry() instanceof Geometry.PadToMultiple padding)) {
            throw new IllegalArgumentException("no int8 for " + manifest.network() + ": " + manifest.geometry()
                    + " would resize the calibration images; export it in floats");
        }
        this.images = images;
        this.manifest = manifest;
        this.multiple = padding.multiple();
    }

    /**
     * The ranges of some values of a graph.
     *
     * @param image the name of the network's input in the graph
     */
    Map<String, Range> ranges(GraphProto graph, String image, Set<String> values) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            byte[] onnx =
                    OnnxExporter.model(inside(graph, image, values)).build().toByteArray();
            try (OrtSession session = environment.createSession(onnx, options)) {
                Map<String, Range> ranges = new HashMap<>();
                for (InfraredImage one : images) {
                    try (OnnxTensor input =
                                    OnnxTensor.createTensor(environment, FloatBuffer.wrap(input(one)), shape(one));
                            OrtSession.Result result = session.run(Map.of(image, input), values)) {
                        for (String value : values) {
                            ranges.merge(
                                    value, range((OnnxTensor) result.get(value).orElseThrow()), Range::union);
                        }
                    }
                }
                return ranges;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the calibration of " + manifest.network() + " failed: " + e.getMessage(), e);
        }
    }

    /** The graph from the network's input on, with these outputs. */
    private GraphProto.Builder inside(GraphProto graph, String image, Set<String> values) {
        List<NodeProto> nodes = graph.getNodeList().stream()
                .filter(node -> !node.getOutputList().contains(image))
                .toList();
        GraphProto.Builder inside = graph.toBuilder()
                .clearNode()
                .addAllNode(nodes)
                .clearInput()
                .clearOutput()
                .addInput(OnnxGraph.value(
                        image,
                        OnnxGraph.fixed(1),
                        OnnxGraph.fixed(manifest.channels()),
                        OnnxGraph.free("height"),
                        OnnxGraph.free("width")));
        values.forEach(value -> inside.addOutput(OnnxGraph.value(value)));
        new OnnxGraph(inside).prune();
        return inside;
    }

    private static Range range(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return Range.of(values);
    }

    private long[] shape(InfraredImage image) {
        return new long[] {1, manifest.channels(), padded(image.height()), padded(image.width())};
    }

    private int padded(int size) {
        return (size + multiple - 1) / multiple * multiple;
    }

    private float[] input(InfraredImage image) {
        int width = padded(image.width());
        int height = padded(image.height());
        float white = (1 << image.bits()) - 1;
        float[] values = new float[manifest.channels() * height * width];
        for (int channel = 0; channel < manifest.channels(); channel++) {
            float mean = manifest.normalization().mean().get(channel);
            float deviation = manifest.normalization().standardDeviation().get(channel);
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    values[(channel * height + y) * width + x] = (image.sample(x, y) * 255f / white - mean) / deviation;
                }
            }
        }
        return values;
    }
}
