package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

/** With {@link DetectionBenchmarkTest}, each benchmark once. */
class EveryBenchmarkRunsTest {
    @Test
    void peerBenchmarkReturnsThePeersScores() throws Exception {
        PeerBenchmark.OpenPeer state = new PeerBenchmark.OpenPeer();
        state.size = "64x64";
        state.open();
        try {
            assertThat(new PeerBenchmark().scores(state)).isEqualTo(scores(state.peer, Size.of(state.size)));
        } finally {
            state.close();
        }
    }

    private static float[] scores(String peer, Size size) throws Exception {
        BufferedImage image = Scene.draw(size);
        try (Peer opened = Peers.named(peer).open(PlainNetwork.load(), 1)) {
            return opened.scores(image);
        }
    }

    @Test
    void arithmeticBenchmarkMultipliesMatrices() {
        ArithmeticBenchmark.Matrices state = new ArithmeticBenchmark.Matrices();
        state.order = 3;
        state.fill();
        try {
            // Rows of the first: 1/17 and then 31 more each time, modulo 17; columns of the second likewise from 2/17.
            double expected = (1 * 2 + 15 * 10 + 12 * 1) / (17.0 * 17);
            assertThat((double) new ArithmeticBenchmark().product(state)).isCloseTo(expected, offset(1e-6));
        } finally {
            state.free();
        }
    }
}
