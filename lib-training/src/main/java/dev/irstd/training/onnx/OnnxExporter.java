package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.irstd.Activation;
import dev.irstd.Geometry;
import dev.irstd.InputType;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.training.files.WholeFile;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Exports networks to ONNX. */
public final class OnnxExporter {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;
    private static final String INPUT = "image";

    private OnnxExporter() {}

    /**
     * Exports a network that describes itself.
     *
     * <p>The file has, unless the manifest says {@link ModelManifest#input() samples}, one input {@code image} of float32
     * [batch, channels, height, width] and one output of float32 [batch, 1, height, width], named {@code probability} or
     * {@code logits} as the manifest says; batch is free, height and width are too unless {@link Network#geometry()} has a
     * single size. Of a network with several outputs the last, its prediction, is exported. The file is
     * {@linkplain Model#sealed sealed}.
     *
     * <p>A file that takes samples has four inputs: {@code samples}, uint8 or int16 [batch, 1, rows, columns], where int16
     * are the bits of unsigned samples; {@code black} and {@code white}, float32 [batch, 1, 1, 1], the sample values that
     * become 0 and 255; {@code pads}, int64 [8], what ONNX's Pad takes: zeros but for its last two, the rows and columns to
     * append so that the network can take height and width. The output has the size with them.
     *
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @return the bytes of the file (opset 17, IR 8)
     * @throws IllegalArgumentException if the manifest speaks of another number of input channels, of sizes that the
     *     network cannot take or of logits that it does not have, or the weights are another network's
     */
    public static byte[] export(Network network, Weights weights, ModelManifest manifest) {
        return export(network, weights, manifest, ExportOptions.standard());
    }

    /**
     * Exports a network that describes itself, in the way that is wanted.
     *
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @param options what the file computes, and how
     * @return the bytes of the file (opset 17, IR 8)
     * @throws IllegalArgumentException as {@link #export(Network, Weights, ModelManifest)}; or if {@link Precision#int8} is
     *     wanted of a network of a single size, or of one that has nothing to quantise
     */
    public static byte[] export(Network network, Weights weights, ModelManifest manifest, ExportOptions options) {
        requireFit(network, manifest);
        GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
        OnnxGraph nodes = new OnnxGraph(graph);
        String image = input(graph, nodes, network, manifest);
        OnnxOps ops = new OnnxOps(nodes, weights);
        int first = graph.getNodeCount();
        List<String> outputs = options.rewriting() == Rewriting.NONE
                ? network.forward(ops, image)
                : rewritten(network, image, nodes, ops, weights);
        int end = graph.getNodeCount();
        int last = outputs.size() - 1;
        String prediction = outputs.get(last);
        boolean sigmoid = manifest.activation() != network.outputs().prediction();
        String output = manifest.activation() == Activation.PROBABILITY ? "probability" : "logits";
        nodes.name(sigmoid ? ops.sigmoid(prediction) : prediction, output);
        graph.addOutput(image(output, 1, network.geometry()));
        for (int other = 0; options.outputs() == Exported.ALL && other < last; other++) {
            nodes.name(outputs.get(other), "output_" + other);
            graph.addOutput(OnnxGraph.value("output_" + other));
        }
        if (options.outputs() == Exported.MASK) {
            addMask(
                    graph,
                    nodes,
                    manifest,
                    sigmoid || network.outputs().prediction() == Activation.PROBABILITY ? output : ops.sigmoid(output));
        }
        if (options.precision() == Precision.FLOAT16) {
            HalfPrecision.apply(graph, first, end);
        }
        nodes.prune();
        if (options.precision() instanceof Int8 int8) {
            Calibration calibration = new Calibration(int8.calibration(), manifest);
            GraphProto floats = graph.build();
            Quantisation.apply(graph, values -> calibration.ranges(floats, image, values));
            nodes.prune();
        }
        return model(graph, options.outputs() == Exported.MASK ? manifest.withOutput(output) : manifest);
    }

    private static void addMask(GraphProto.Builder graph, OnnxGraph nodes, ModelManifest manifest, String probability) {
        graph.addInput(OnnxGraph.value("threshold", OnnxGraph.fixed(1)));
        String above = nodes.node("Greater", List.of(probability, "threshold"));
        nodes.name(nodes.node("Cast", List.of(above), OnnxGraph.integer("to", DataType.UINT8_VALUE)), "mask");
        graph.addOutput(image("mask", DataType.UINT8_VALUE, 1, manifest.geometry()));
    }

    private static String input(GraphProto.Builder graph, OnnxGraph nodes, Network network, ModelManifest manifest) {
        if (manifest.input() != InputType.FLOAT32) {
            return SampleInput.write(graph, nodes, manifest);
        }
        graph.addInput(image(INPUT, network.inputChannels(), network.geometry()));
        return INPUT;
    }

    private static List<String> rewritten(
            Network network, String image, OnnxGraph graph, OnnxOps ops, Weights weights) {
        Canvas canvas = new Canvas(graph, image, network.inputChannels(), network.geometry());
        RewritingOps rewriting = new RewritingOps(canvas, ops, weights);
        return network.forward(rewriting, rewriting.image()).stream()
                .map(Value::plain)
                .toList();
    }

    private static void requireFit(Network network, ModelManifest manifest) {
        if (manifest.channels() != network.inputChannels()) {
            throw new IllegalArgumentException(network.name() + " has " + network.inputChannels()
                    + " input channels, the manifest says " + manifest.channels());
        }
        if (!fits(network.geometry(), manifest.geometry())) {
            throw new IllegalArgumentException(network.name() + " takes sizes of " + network.geometry()
                    + ", the manifest gives " + manifest.geometry());
        }
        if (manifest.activation() == Activation.LOGITS && network.outputs().prediction() == Activation.PROBABILITY) {
            throw new IllegalArgumentException(network.name() + " gives probabilities, the manifest says logits");
        }
    }

    private static boolean fits(Geometry needed, Geometry given) {
        return given instanceof Geometry.PadToMultiple padding
                ? needed.accepts(padding.multiple(), padding.multiple()) && needed instanceof Geometry.PadToMultiple
                : given instanceof Geometry.Resize size && needed.accepts(size.width(), size.height());
    }

    /** A file around a graph, without manifest and seal. */
    static ModelProto.Builder model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("irstd")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph);
    }

    private static byte[] model(GraphProto.Builder graph, ModelManifest manifest) {
        ModelProto.Builder model = model(graph);
        manifest.toMetadata()
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return Model.sealed(model.build().toByteArray());
    }

    /**
     * Exports a network to a file, which is written whole or not at all.
     *
     * @param file where to, in a folder that is made if missing; replaced if it exists
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException as {@link #export(Network, Weights, ModelManifest)}
     */
    public static void write(Path file, Network network, Weights weights, ModelManifest manifest) throws IOException {
        write(file, network, weights, manifest, ExportOptions.standard());
    }

    /**
     * Exports a network to a file, in the way that is wanted.
     *
     * @param file where to, as in {@link #write(Path, Network, Weights, ModelManifest)}
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @param options what the file computes, and how
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException as {@link #export(Network, Weights, ModelManifest)}
     */
    public static void write(Path file, Network network, Weights weights, ModelManifest manifest, ExportOptions options)
            throws IOException {
        WholeFile.write(file, ByteBuffer.wrap(export(network, weights, manifest, options)));
    }

    private static ValueInfoProto image(String name, int channels, Geometry geometry) {
        return image(name, DataType.FLOAT_VALUE, channels, geometry);
    }

    private static ValueInfoProto image(String name, int type, int channels, Geometry geometry) {
        return OnnxGraph.value(
                name,
                type,
                OnnxGraph.free("batch"),
                OnnxGraph.fixed(channels),
                geometry instanceof Geometry.Resize only ? OnnxGraph.fixed(only.height()) : OnnxGraph.free("height"),
                geometry instanceof Geometry.Resize only ? OnnxGraph.fixed(only.width()) : OnnxGraph.free("width"));
    }
}
