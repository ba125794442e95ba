package dev.irstd.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a detection costs on the processor, and how much of that is ONNX Runtime alone: both benchmarks run the same
 * network on the same image with the same number of threads, one image at a time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DetectionBenchmark {
    /** Where {@link Models#rrcanet18()} lies. */
    static final String MODEL = "rrcanet18-nuaa-sirst.onnx";

    /** What both benchmarks have in common. */
    @State(Scope.Benchmark)
    public abstract static class Setting {
        /** Width and height of the image in pixels. */
        @Param({"256x256", "640x512"})
        public String size = "256x256";

        /** Threads that work on one operation of the network. */
        @Param({"1", "2"})
        public int threads = 1;

        BufferedImage image() {
            String[] sides = size.split("x");
            return Scene.draw(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        }
    }

    /** A detector and an image. */
    @State(Scope.Benchmark)
    public static class WholeDetector extends Setting {
        private Detector detector;
        private BufferedImage image;

        /** Loads the network. */
        @Setup
        public void open() {
            image = image();
            detector = IrstdDetector.builder()
                    .model(Models.rrcanet18())
                    .threads(threads)
                    .build();
        }

        /** Releases the network. */
        @TearDown
        public void close() {
            detector.close();
        }
    }

    /** A session of ONNX Runtime and the input that a detector would make of the image. */
    @State(Scope.Benchmark)
    public static class BareSession extends Setting {
        private OrtSession.SessionOptions options;
        private OrtSession session;
        private OnnxTensor input;

        /**
         * Loads the network.
         *
         * @throws OrtException if ONNX Runtime cannot
         * @throws IOException if the network cannot be read
         */
        @Setup
        public void open() throws OrtException, IOException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(onnx(), options);
            ModelManifest manifest =
                    ModelManifest.fromMetadata(session.getMetadata().getCustomMetadata());
            BufferedImage image = image();
            long[] shape = {1, 1, image.getHeight(), image.getWidth()};
            input = OnnxTensor.createTensor(environment, normalized(image, manifest.normalization()), shape);
        }

        static byte[] onnx() throws IOException {
            try (InputStream onnx = Models.class.getResourceAsStream(MODEL)) {
                return Objects.requireNonNull(onnx, MODEL).readAllBytes();
            }
        }

        private static FloatBuffer normalized(BufferedImage image, Normalization normalization) {
            float mean = normalization.mean().get(0);
            float standardDeviation = normalization.standardDeviation().get(0);
            int[] samples = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
            FloatBuffer input = ByteBuffer.allocateDirect(samples.length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int sample : samples) {
                input.put((sample - mean) / standardDeviation);
            }
            return input.flip();
        }

        /**
         * Releases the network.
         *
         * @throws OrtException if ONNX Runtime cannot
         */
        @TearDown
        public void close() throws OrtException {
            input.close();
            session.close();
            options.close();
        }
    }

    /**
     * From the image to the targets.
     *
     * @param state detector and image
     * @return the detection
     */
    @Benchmark
    public Detection detector(WholeDetector state) {
        return state.detector.detect(state.image);
    }

    /**
     * From the network's input to its output.
     *
     * @param state session and input
     * @return a copy of the output, one value a pixel
     * @throws OrtException if ONNX Runtime fails
     */
    @Benchmark
    public FloatBuffer session(BareSession state) throws OrtException {
        try (OrtSession.Result result = state.session.run(Map.of("image", state.input))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer();
        }
    }
}
