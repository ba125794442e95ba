package dev.irstd.benchmarks.djlonnxruntime;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import dev.irstd.ModelManifest;
import dev.irstd.benchmarks.NetworkInput;
import dev.irstd.benchmarks.Peer;
import dev.irstd.benchmarks.PlainNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DJL's ONNX Runtime engine: a model, a predictor and a translator. */
public final class DjlOnnxRuntimePeer implements Peer {
    private final Path file;
    private final ZooModel<BufferedImage, float[]> model;
    private final Predictor<BufferedImage, float[]> predictor;

    private DjlOnnxRuntimePeer(PlainNetwork network, int threads) throws ModelException, IOException {
        file = Files.createTempFile("rrcanet18", ".onnx");
        Files.write(file, network.onnx());
        model = Criteria.builder()
                .setTypes(BufferedImage.class, float[].class)
                .optEngine("OnnxRuntime")
                .optModelPath(file)
                .optOption("intraOpNumThreads", Integer.toString(threads))
                .optTranslator(new ImageTranslator(network.manifest()))
                .build()
                .loadModel();
        predictor = model.newPredictor();
    }

    @Override
    public float[] scores(BufferedImage image) throws TranslateException {
        return predictor.predict(image);
    }

    @Override
    public void close() throws IOException {
        predictor.close();
        model.close();
        Files.delete(file);
    }

    private record ImageTranslator(ModelManifest manifest) implements NoBatchifyTranslator<BufferedImage, float[]> {
        private static final String INPUT = "input";

        @Override
        public NDList processInput(TranslatorContext context, BufferedImage image) {
            NetworkInput input = NetworkInput.of(image, manifest);
            context.setAttachment(INPUT, input);
            return new NDList(context.getNDManager().create(input.values(), new Shape(input.shape())));
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList output) {
            NetworkInput input = (NetworkInput) context.getAttachment(INPUT);
            return input.crop(output.singletonOrThrow().toFloatArray());
        }
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return "djl-onnxruntime";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) throws ModelException, IOException {
            return new DjlOnnxRuntimePeer(network, threads);
        }
    }
}
