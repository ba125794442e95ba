package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.Device;
import dev.irstd.IrstdDetector;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
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

/** What a detection, or a batch through the network, costs on a device, with the way there and back. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeviceBenchmark {
    /** What the benchmarks have in common. */
    @State(Scope.Benchmark)
    public abstract static class Setting {
        /** Embedded model or path of an ONNX file with a manifest. */
        @Param(MeasuredModel.RRCANET_18)
        public String model = MeasuredModel.RRCANET_18;

        /** Where: {@code cpu}, or {@code cuda} for the first GPU. */
        @Param(DeviceSession.CPU)
        public String device = DeviceSession.CPU;

        /** Width and height of the image in pixels. */
        @Param({"256x256", "640x512"})
        public String size = "256x256";
    }

    /** A detector and an image. */
    @State(Scope.Benchmark)
    public static class OpenDetector extends Setting {
        private Detector detector;
        private BufferedImage image;

        /** Loads the network. */
        @Setup
        public void open() {
            image = Scene.draw(Size.of(size));
            detector = IrstdDetector.builder()
                    .model(MeasuredModel.of(model).model())
                    .device(device.equals(DeviceSession.CUDA) ? Device.cuda(0) : Device.cpu())
                    .build();
        }

        /** Releases the network. */
        @TearDown
        public void close() {
            detector.close();
        }
    }

    /** A network and its input. */
    @State(Scope.Benchmark)
    public static class OpenSession extends Setting {
        /** Images that the network gets at once. */
        @Param("1")
        public int batch = 1;

        /** Whether the GPU may cut the mantissa of factors to 10 bits. */
        @Param("false")
        public boolean tf32;

        private DeviceSession session;

        /**
         * Loads the network.
         *
         * @throws OrtException if the device cannot run it
         */
        @Setup
        public void open() throws OrtException {
            session = DeviceSession.open(MeasuredModel.of(model).onnx(), device, tf32);
            session.feed(NetworkInput.of(Scene.draw(Size.of(size)), session.manifest()), batch);
        }

        /**
         * Releases the network.
         *
         * @throws OrtException if ONNX Runtime cannot
         */
        @TearDown
        public void close() throws OrtException {
            session.close();
        }
    }

    /**
     * From the image to the targets.
     *
     * @param state detector and image
     * @return the detection
     */
    @Benchmark
    public Detection detect(OpenDetector state) {
        return state.detector.detect(state.image);
    }

    /**
     * From samples in the host's memory to scores in the host's memory.
     *
     * @param state network and input
     * @return the scores
     * @throws OrtException if ONNX Runtime fails
     */
    @Benchmark
    public FloatBuffer network(OpenSession state) throws OrtException {
        return state.session.run();
    }
}
