package dev.irstd.benchmarks.djlpytorch;

import dev.irstd.benchmarks.Agreement;
import dev.irstd.benchmarks.IrstdPeer;
import dev.irstd.benchmarks.Peer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DjlPyTorchPeerTest {
    @ParameterizedTest
    @ValueSource(strings = {"64x64", "75x50"})
    void computesWhatTheLibraryComputes(String size) throws Exception {
        Peer.Factory expected = new IrstdPeer.Factory();
        Peer.Factory actual = new DjlPyTorchPeer.Factory();
        assertThat(Agreement.difference(expected, actual, size)).isLessThan(Agreement.LIMIT);
    }
}
