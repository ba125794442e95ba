package dev.irstd.training.onnx;

import ai.onnxruntime.OnnxTensor;
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

    static FloatTensor logits(Network network, Weights weights, FloatTensor image) {
        return run(export(network, weights, Activation.LOGITS), image);
    }

    static FloatTensor run(byte[] onnx, FloatTensor image) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = image.shape().stream().mapToLong(Integer::longValue).toArray();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(onnx, options);
                    OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image.values()), shape);
                    OrtSession.Result result = session.run(Map.of("image", input))) {
                OnnxTensor output = (OnnxTensor) result.get(0);
                List<Integer> outputShape = Arrays.stream(output.getInfo().getShape())
                        .mapToObj(Math::toIntExact)
                        .toList();
                float[] values = new float[output.getFloatBuffer().remaining()];
                output.getFloatBuffer().get(values);
                return new FloatTensor(outputShape, values);
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
