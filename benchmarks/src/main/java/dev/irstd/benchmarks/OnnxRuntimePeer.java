package dev.irstd.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.irstd.ModelManifest;
import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * ONNX Runtime as its own Java example uses it: default options, input and output as arrays of arrays.
 *
 * @see <a href="https://onnxruntime.ai/docs/get-started/with-java.html">Get started with ONNX Runtime in Java</a>
 */
public final class OnnxRuntimePeer implements Peer {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtSession session;
    private final ModelManifest manifest;

    private OnnxRuntimePeer(PlainNetwork network, int threads) throws OrtException {
        options.setIntraOpNumThreads(threads);
        session = environment.createSession(network.onnx(), options);
        manifest = network.manifest();
    }

    @Override
    public float[] scores(BufferedImage image) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, nested(NetworkInput.of(image, manifest)));
                OrtSession.Result result = session.run(Map.of("image", input))) {
            float[][][][] output = (float[][][][]) result.get(0).getValue();
            float[] scores = new float[image.getWidth() * image.getHeight()];
            for (int y = 0; y < image.getHeight(); y++) {
                System.arraycopy(output[0][0][y], 0, scores, y * image.getWidth(), image.getWidth());
            }
            return scores;
        }
    }

    private static float[][][][] nested(NetworkInput input) {
        float[][][][] nested = new float[1][1][input.height()][input.width()];
        for (int y = 0; y < input.height(); y++) {
            System.arraycopy(input.values(), y * input.width(), nested[0][0][y], 0, input.width());
        }
        return nested;
    }

    @Override
    public void close() throws OrtException {
        session.close();
        options.close();
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return "onnxruntime";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) throws OrtException {
            return new OnnxRuntimePeer(network, threads);
        }
    }
}
