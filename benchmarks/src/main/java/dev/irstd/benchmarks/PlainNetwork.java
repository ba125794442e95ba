package dev.irstd.benchmarks;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.irstd.ModelManifest;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The network that all peers run: the embedded RRCANet-18 as one exports it who does not tune for a runtime, each
 * operation a node, batch normalisations among them.
 */
public final class PlainNetwork {
    private static final String FILE = "rrcanet18-plain.onnx";

    private final byte[] onnx;
    private final ModelProto parsed;

    private PlainNetwork(byte[] onnx) throws IOException {
        this.onnx = onnx;
        this.parsed = ModelProto.parseFrom(onnx);
    }

    /**
     * Reads the network.
     *
     * @return the network
     */
    public static PlainNetwork load() {
        try (InputStream in = PlainNetwork.class.getResourceAsStream(FILE)) {
            return new PlainNetwork(Objects.requireNonNull(in, FILE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the file.
     *
     * @return an ONNX network with one input {@code image} and one output, of any batch, height and width
     */
    public byte[] onnx() {
        return onnx.clone();
    }

    /**
     * Returns the file with the sizes of the input written into it, for libraries that must know them.
     *
     * @param shape [batch, channels, height, width]
     * @return an ONNX network of one input size
     */
    public byte[] onnx(long[] shape) {
        ModelProto.Builder fixed = parsed.toBuilder();
        TensorShapeProto.Builder input = fixed.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder();
        for (int i = 0; i < shape.length; i++) {
            input.getDimBuilder(i).setDimValue(shape[i]);
        }
        return fixed.build().toByteArray();
    }

    /**
     * Returns what the network expects.
     *
     * @return its manifest
     */
    public ModelManifest manifest() {
        return ModelManifest.fromMetadata(parsed.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue)));
    }

    /**
     * Returns the structure.
     *
     * @return RRCANet-18, which gives logits
     */
    public Network structure() {
        return RRCANet.rrcanet18();
    }

    /**
     * Reads the weights of the file.
     *
     * @return weights for {@link #structure()}
     */
    public Weights weights() {
        return Weights.of(structure(), tensors());
    }

    GraphProto graph() {
        return parsed.getGraph();
    }

    Map<String, FloatTensor> tensors() {
        Map<String, FloatTensor> tensors = new HashMap<>();
        for (TensorProto tensor : graph().getInitializerList()) {
            tensors.put(tensor.getName(), plain(tensor));
        }
        return tensors;
    }

    private static FloatTensor plain(TensorProto tensor) {
        float[] values =
                new float[tensor.getDimsList().stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new FloatTensor(tensor.getDimsList().stream().map(Long::intValue).toList(), values);
    }

    /**
     * Turns logits into probabilities.
     *
     * @param logits any values; overwritten
     * @return the same array
     */
    public static float[] sigmoid(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (1 / (1 + Math.exp(-logits[i])));
        }
        return logits;
    }
}
