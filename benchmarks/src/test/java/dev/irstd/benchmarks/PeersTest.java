package dev.irstd.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeersTest {
    @ParameterizedTest
    @CsvSource({
        "onnxruntime, 64x64",
        "onnxruntime, 75x50",
        "opencv-dnn, 64x64",
        "opencv-dnn, 75x50",
        "pytorch, 64x64",
        "pytorch, 75x50"
    })
    void computesWhatTheLibraryComputes(String peer, String size) throws Exception {
        double difference = Agreement.difference(Peers.named(IrstdPeer.NAME), Peers.named(peer), size);
        assertThat(difference).isLessThan(Agreement.LIMIT);
    }
}
