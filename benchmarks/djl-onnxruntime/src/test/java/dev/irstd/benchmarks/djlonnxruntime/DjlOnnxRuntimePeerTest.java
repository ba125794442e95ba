package dev.irstd.benchmarks.djlonnxruntime;

import dev.irstd.benchmarks.Agreement;
import dev.irstd.benchmarks.Peer;
import dev.irstd.benchmarks.PyTorchPeer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks PyTorch, as the detector is not made for the ONNX Runtime of this class path. */
class DjlOnnxRuntimePeerTest {
    @ParameterizedTest
    @ValueSource(strings = {"64x64", "75x50"})
    void computesWhatPyTorchComputes(String size) throws Exception {
        Peer.Factory expected = new PyTorchPeer.Factory();
        Peer.Factory actual = new DjlOnnxRuntimePeer.Factory();
        assertThat(Agreement.difference(expected, actual, size)).isLessThan(Agreement.LIMIT);
    }
}
