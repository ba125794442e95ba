package dev.irstd.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.Geometry;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Mask;
import dev.irstd.ModelManifest;
import dev.irstd.ScoreMap;
import dev.irstd.Timing;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a detection costs on the processor, where the time goes, and how much of it is ONNX Runtime alone: {@code detector}
 * and {@code session} run the same file on the same image with the same number of threads.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DetectionBenchmark {
    /** Images of a stream: enough that its first and last one, which have fewer beside them, count for little. */
    private static final int FRAMES = 32;

    /** What the benchmarks have in common. */
    @State(Scope.Benchmark)
    public abstract static class Setting {
        /** Embedded model or path of an ONNX file with a manifest. */
        @Param(MeasuredModel.RRCANET_18)
        public String model = MeasuredModel.RRCANET_18;

        /** Width and height of the image in pixels. */
        @Param({"256x256", "640x512"})
        public String size = "256x256";

        /** Threads that work on one operation of the network. */
        @Param({"1", "2"})
        public int threads = 1;
    }

    /** A detector and an image. */
    @State(Scope.Benchmark)
    public static class WholeDetector extends Setting {
        Detector detector;
        BufferedImage image;
        private ScoreMap scoreMap;
        private float threshold;

        /** Loads the network. */
        @Setup
        public void open() {
            image = Scene.draw(Size.of(size));
            IrstdDetector opened = IrstdDetector.builder()
                    .model(MeasuredModel.of(model).model())
                    .threads(threads)
                    .build();
            detector = opened;
            scoreMap = opened.detect(image).scoreMap();
            threshold = opened.manifest().threshold();
        }

        /** Releases the network. */
        @TearDown
        public void close() {
            detector.close();
        }
    }

    /** A detector whose images come as a stream. */
    @State(Scope.Benchmark)
    public static class Camera extends WholeDetector {
        /** Images on their way at the same time. */
        @Param("2")
        public int inFlight = 2;

        Stream<Detection> detections() {
            return detector.detectAll(
                    Stream.generate(() -> InfraredImage.of(image)).limit(FRAMES), inFlight);
        }
    }

    /** The detector's own {@link Timing}, added up. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Stages {
        /** Detections that the sums are of. */
        public long detections;

        /** From the image to the network's input. */
        public long preprocessingNanos;

        /** The network. */
        public long inferenceNanos;

        /** From the network's output to the targets. */
        public long postprocessingNanos;

        void add(Timing timing) {
            detections++;
            preprocessingNanos += timing.preprocessing().toNanos();
            inferenceNanos += timing.inference().toNanos();
            postprocessingNanos += timing.postprocessing().toNanos();
        }
    }

    /** A session of ONNX Runtime and the input that a detector would make of the image. */
    @State(Scope.Benchmark)
    public static class BareSession extends Setting {
        /** Images that the network gets at once. */
        @Param("1")
        public int batch = 1;

        private OrtSession.SessionOptions options;
        private OrtSession session;
        private Map<String, OnnxTensor> input;
        private Set<String> output;

        /**
         * Loads the network.
         *
         * @throws OrtException if ONNX Runtime cannot
         */
        @Setup
        public void open() throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(MeasuredModel.of(model).onnx(), options);
            ModelManifest manifest =
                    ModelManifest.fromMetadata(session.getMetadata().getCustomMetadata());
            NetworkInput one = NetworkInput.of(Scene.draw(imageSize(manifest)), manifest);
            long[] shape = one.shape();
            shape[0] = batch;
            String name = session.getInputNames().iterator().next();
            input = Map.of(name, OnnxTensor.createTensor(environment, repeated(one.values()), shape));
            output = Set.of(manifest.output()
                    .orElseGet(() -> session.getOutputNames().iterator().next()));
        }

        private Size imageSize(ModelManifest manifest) {
            return manifest.geometry() instanceof Geometry.Resize resize
                    ? new Size(resize.width(), resize.height())
                    : Size.of(size);
        }

        private FloatBuffer repeated(float[] values) {
            FloatBuffer buffer = ByteBuffer.allocateDirect(batch * values.length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int i = 0; i < batch; i++) {
                buffer.put(values);
            }
            return buffer.flip();
        }

        /**
         * Releases the network.
         *
         * @throws OrtException if ONNX Runtime cannot
         */
        @TearDown
        public void close() throws OrtException {
            input.values().forEach(OnnxTensor::close);
            session.close();
            options.close();
        }
    }

    /**
     * From the image to the targets.
     *
     * @param state detector and image
     * @param stages where the stages' times go
     * @return the detection
     */
    @Benchmark
    public Detection detector(WholeDetector state, Stages stages) {
        Detection detection = state.detector.detect(state.image);
        stages.add(detection.timing());
        return detection;
    }

    /**
     * From the image to the targets, in a stream.
     *
     * @param camera detector and images
     * @return targets in all images
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long stream(Camera camera) {
        try (Stream<Detection> detections = camera.detections()) {
            return detections.mapToLong(detection -> detection.targets().size()).sum();
        }
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
        try (OrtSession.Result result = state.session.run(state.input, state.output)) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer();
        }
    }

    /**
     * The first part of preprocessing: from the image to its samples.
     *
     * @param state an image
     * @return its samples
     */
    @Benchmark
    public InfraredImage samples(WholeDetector state) {
        return InfraredImage.of(state.image);
    }

    /**
     * The middle part of postprocessing: from the scores to the mask.
     *
     * @param state scores of the image
     * @return the mask
     */
    @Benchmark
    public Mask mask(WholeDetector state) {
        return state.scoreMap.above(state.threshold);
    }
}
