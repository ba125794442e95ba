package dev.irstd.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

/** What single settings of ONNX Runtime change, each against {@code DEFAULT}, on the embedded network alone. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class SettingsBenchmark {
    /** A setting, all others being ONNX Runtime's own. */
    public enum Setting {
        /** Nothing set but the number of threads. */
        DEFAULT,
        /** The threads that all detectors of a process share, with ONNX Runtime's own number of them. */
        SHARED_THREADS,
        /** The same, whose idle threads sleep at once. */
        SHARED_THREADS_NO_SPINNING,
        /** Idle threads sleep at once. */
        NO_SPINNING,
        /** Memory comes from the operating system each time. */
        NO_ARENA,
        /** Memory not in use goes back after each run. */
        SHRINKING_ARENA,
        /** Memory is not planned ahead for each size of the input. */
        NO_MEMORY_PATTERN,
        /** Less rewriting of the graph: without the layout that convolutions are fastest in. */
        EXTENDED_OPTIMISATION
    }

    /** The setting. */
    @Param
    public Setting setting = Setting.DEFAULT;

    /** Width and height of the image in pixels. */
    @Param({"256x256", "640x512"})
    public String size = "256x256";

    /** Threads that work on one operation of the network; shared ones too. */
    @Param({"1", "2"})
    public int threads = 1;

    private SessionOptions options;
    private RunOptions run;
    private OrtSession session;
    private Map<String, OnnxTensor> inputs;
    private Map<String, OnnxTensor> outputs;

    /**
     * Loads the network.
     *
     * @throws OrtException if ONNX Runtime cannot
     */
    @Setup
    public void open() throws OrtException {
        OrtEnvironment environment = environment();
        options = new SessionOptions();
        run = new RunOptions();
        options.setIntraOpNumThreads(threads);
        switch (setting) {
            case DEFAULT -> {}
            case SHARED_THREADS, SHARED_THREADS_NO_SPINNING -> options.disablePerSessionThreads();
            case NO_SPINNING -> options.addConfigEntry("session.intra_op.allow_spinning", "0");
            case NO_ARENA -> options.setCPUArenaAllocator(false);
            case SHRINKING_ARENA -> run.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            case NO_MEMORY_PATTERN -> options.setMemoryPatternOptimization(false);
            case EXTENDED_OPTIMISATION -> options.setOptimizationLevel(SessionOptions.OptLevel.EXTENDED_OPT);
        }
        session = environment.createSession(
                MeasuredModel.of(MeasuredModel.RRCANET_18).onnx(), options);
        Size image = Size.of(size);
        long[] shape = {1, 1, image.height(), image.width()};
        inputs = Map.of("image", tensor(environment, shape, new Random(1)));
        outputs = Map.of(session.getOutputNames().iterator().next(), tensor(environment, shape, new Random(2)));
    }

    private OrtEnvironment environment() throws OrtException {
        if (setting != Setting.SHARED_THREADS && setting != Setting.SHARED_THREADS_NO_SPINNING) {
            return OrtEnvironment.getEnvironment();
        }
        try (OrtEnvironment.ThreadingOptions shared = new OrtEnvironment.ThreadingOptions()) {
            shared.setGlobalInterOpNumThreads(1);
            shared.setGlobalIntraOpNumThreads(threads);
            shared.setGlobalSpinControl(setting == Setting.SHARED_THREADS);
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "benchmark", shared);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long[] shape, Random random) throws OrtException {
        int floats = (int) (shape[2] * shape[3]);
        FloatBuffer values = ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < floats; i++) {
            values.put(i, (float) random.nextGaussian());
        }
        return OnnxTensor.createTensor(environment, values, shape);
    }

    /**
     * Releases the network.
     *
     * @throws OrtException if ONNX Runtime cannot
     */
    @TearDown
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
        run.close();
        options.close();
    }

    /**
     * From the network's input to its output.
     *
     * @throws OrtException if ONNX Runtime fails
     */
    @Benchmark
    public void session() throws OrtException {
        session.run(inputs, Set.of(), outputs, run).close();
    }
}
