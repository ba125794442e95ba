package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.irstd.Activation;
import dev.irstd.Geometry;
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
     * <p>The file has one input {@code image} of float32 [batch, channels, height, width] and one output of float32
     * [batch, 1, height, width], named {@code probability} or {@code logits} as the manifest says; batch is free, height
     * and width are too unless {@link Network#geometry()} has a single size. Of a network with several outputs the
     * last, its prediction, is exported. The file is {@linkplain Model#sealed sealed}.
     *
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @return the bytes of the file (opset 17, IR 8)
     * @throws IllegalArgumentException if the manifest speaks of another number of input channels, of sizes that the
     *     network cannot take or of logits that it does not have, or the weights are another network's
     */
    public static byte[] export(Network network, Weights weights, ModelManifest manifest) {
        return export(network, weights, manifest, Exported.PREDICTION, Rewriting.EXACT);
    }

    /**
     * Exports a network that describes itself, with the wanted outputs, rewritten or not.
     *
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @param wanted the outputs of the file
     * @param rewriting how the file computes them
     * @return the bytes of the file (opset 17, IR 8)
     * @throws IllegalArgumentException as {@link #export(Network, Weights, ModelManifest)}
     */
    public static byte[] export(
            Network network, Weights weights, ModelManifest manifest, Exported wanted, Rewriting rewriting) {
        requireFit(network, manifest);
        GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
        graph.addInput(image(INPUT, network.inputChannels(), network.geometry()));
        OnnxGraph nodes = new OnnxGraph(graph);
        OnnxOps ops = new OnnxOps(nodes, weights);
        List<String> outputs =
                rewriting == Rewriting.NONE ? network.forward(ops, INPUT) : rewritten(network, nodes, ops, weights);
        int last = outputs.size() - 1;
        String prediction = outputs.get(last);
        boolean sigmoid = manifest.activation() != network.outputs().prediction();
        String output = manifest.activation() == Activation.PROBABILITY ? "probability" : "logits";
        nodes.name(sigmoid ? ops.sigmoid(prediction) : prediction, output);
        graph.addOutput(image(output, 1, network.geometry()));
        for (int other = 0; wanted == Exported.ALL && other < last; other++) {
            nodes.name(outputs.get(other), "output_" + other);
            graph.addOutput(OnnxGraph.value("output_" + other));
        }
        nodes.prune();
        return model(graph, manifest);
    }

    private static List<String> rewritten(Network network, OnnxGraph graph, OnnxOps ops, Weights weights) {
        Canvas canvas = new Canvas(graph, INPUT, network.inputChannels(), network.geometry());
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

    private static byte[] model(GraphProto.Builder graph, ModelManifest manifest) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("irstd")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph);
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
        write(file, network, weights, manifest, Rewriting.EXACT);
    }

    /**
     * Exports a network to a file, rewritten or not.
     *
     * @param file where to, as in {@link #write(Path, Network, Weights, ModelManifest)}
     * @param network the network
     * @param weights its weights
     * @param manifest what the file says of itself
     * @param rewriting how the file computes what the network does
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException as {@link #export(Network, Weights, ModelManifest)}
     */
    public static void write(Path file, Network network, Weights weights, ModelManifest manifest, Rewriting rewriting)
            throws IOException {
        WholeFile.write(file, ByteBuffer.wrap(export(network, weights, manifest, Exported.PREDICTION, rewriting)));
    }

    private static ValueInfoProto image(String name, int channels, Geometry geometry) {
        return OnnxGraph.value(
                name,
                OnnxGraph.free("batch"),
                OnnxGraph.fixed(channels),
                geometry instanceof Geometry.Resize only ? OnnxGraph.fixed(only.height()) : OnnxGraph.free("height"),
                geometry instanceof Geometry.Resize only ? OnnxGraph.fixed(only.width()) : OnnxGraph.free("width"));
    }
}
