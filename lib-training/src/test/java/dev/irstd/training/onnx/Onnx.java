package dev.irstd.training.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.irstd.Activation;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Exported networks in plain ONNX Runtime. */
final class Onnx {
    private Onnx() {}

    static ModelManifest manifest(Network network, Activation activation) {
        int channels = network.inputChannels();
        return new ModelManifest(
                network.name(),
                channels,
                new Normalization(Collections.nCopies(channels, 100f), Collections.nCopies(channels, 35f)),
                network.geometry(),
                activation,
                0.5f,
                Provenance.unknown());
    }

    static byte[] export(Network network, Weights weights, Activation activation) {
        return OnnxExporter.export(network, weights, manifest(network, activation));
    }

    static byte[] export(Network network, Weights weights, Rewriting rewriting) {
        ModelManifest manifest = manifest(network, network.outputs().prediction());
        ExportOptions options =
                ExportOptions.standard().withOutputs(Exported.ALL).withRewriting(rewriting);
        return OnnxExporter.export(network, weights, manifest, options);
    }

    static FloatTensor logits(Network network, Weights weights, FloatTensor image) {
        return run(export(network, weights, Activation.LOGITS), image);
    }

    /** All outputs in the network's order, the prediction last. */
    static List<FloatTensor> outputs(Network network, Weights weights, FloatTensor image) {
        return outputs(network, weights, Rewriting.EXACT, image);
    }

    static List<FloatTensor> outputs(Network network, Weights weights, Rewriting rewriting, FloatTensor image) {
        List<FloatTensor> outputs = new ArrayList<>(runAll(export(network, weights, rewriting), image));
        Collections.rotate(outputs, -1);
        return outputs;
    }

    static FloatTensor run(byte[] onnx, FloatTensor image) {
        return runAll(onnx, image).get(0);
    }

    static List<FloatTensor> runAll(byte[] onnx, FloatTensor image) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = image.shape().stream().mapToLong(Integer::longValue).toArray();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(onnx, options);
                    OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image.values()), shape);
                    OrtSession.Result result = session.run(Map.of("image", input))) {
                List<FloatTensor> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(plain((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FloatTensor plain(OnnxTensor tensor) {
        List<Integer> shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToObj(Math::toIntExact)
                .toList();
        float[] values = new float[tensor.getFloatBuffer().remaining()];
        tensor.getFloatBuffer().get(values);
        return new FloatTensor(shape, values);
    }
}
