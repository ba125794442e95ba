package dev.irstd.benchmarks.djlpytorch;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import dev.irstd.ModelManifest;
import dev.irstd.benchmarks.NetworkInput;
import dev.irstd.benchmarks.Peer;
import dev.irstd.benchmarks.PlainNetwork;
import dev.irstd.benchmarks.TorchScript;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DJL's PyTorch engine: a model of TorchScript, a predictor and a translator. */
public final class DjlPyTorchPeer implements Peer {
    private final Path file;
    private final ZooModel<BufferedImage, float[]> model;
    private final Predictor<BufferedImage, float[]> predictor;

    private DjlPyTorchPeer(PlainNetwork network, int threads) throws ModelException, IOException, InterruptedException {
        file = Files.createTempFile("rrcanet18", ".pt");
        writeTorchScript(file);
        model = Criteria.builder()
                .setTypes(BufferedImage.class, float[].class)
                .optEngine("PyTorch")
                .optModelPath(file)
                .optTranslator(new ImageTranslator(network.manifest()))
                .build()
                .loadModel();
        JniUtils.setNumThreads(threads);
        predictor = model.newPredictor();
    }

    /** By the other PyTorch of this class path, and so in another process. */
    private static void writeTorchScript(Path file) throws IOException, InterruptedException {
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TorchScript.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("no TorchScript: its JVM ended with status " + status);
        }
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
            return "djl-pytorch";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) throws ModelException, IOException, InterruptedException {
            return new DjlPyTorchPeer(network, threads);
        }
    }
}
