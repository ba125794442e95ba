package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;
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

/** What the scores of an image cost with other libraries. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PeerBenchmark {
    /** A peer and an image. */
    @State(Scope.Benchmark)
    public static class OpenPeer {
        /** One of {@link Peers#names()}. */
        @Param({"onnxruntime", "opencv-dnn", "pytorch"})
        public String peer = "onnxruntime";

        /** Width and height of the image in pixels. */
        @Param({"256x256", "640x512"})
        public String size = "256x256";

        /** Threads that work on one operation of the network. */
        @Param({"1", "2"})
        public int threads = 1;

        private Peer opened;
        private BufferedImage image;

        /**
         * Loads the network.
         *
         * @throws Exception if the peer cannot
         */
        @Setup
        public void open() throws Exception {
            image = Scene.draw(Size.of(size));
            opened = Peers.named(peer).open(PlainNetwork.load(), threads);
        }

        /**
         * Releases the network.
         *
         * @throws Exception if the peer cannot
         */
        @TearDown
        public void close() throws Exception {
            opened.close();
        }
    }

    /**
     * From the image to its scores.
     *
     * @param state peer and image
     * @return one probability a pixel
     * @throws Exception if the peer fails
     */
    @Benchmark
    public float[] scores(OpenPeer state) throws Exception {
        return state.opened.scores(state.image);
    }
}
