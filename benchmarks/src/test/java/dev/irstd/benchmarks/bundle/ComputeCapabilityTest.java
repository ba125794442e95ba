package dev.irstd.benchmarks.bundle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ComputeCapabilityTest {
    /** NVIDIA's rules of compatibility. */
    @ParameterizedTest
    @CsvSource({
        "9.0, 9.0, true, true",
        "8.9, 8.6, true, true",
        "8.6, 8.9, false, false",
        "9.0, 8.0, false, true",
        "12.0, 10.3, false, true",
        "9.0, 10.0, false, false"
    })
    void runsWhatWasMadeForItOrBefore(String gpu, String madeFor, boolean machineCode, boolean ptx) {
        ComputeCapability capability = ComputeCapability.of(gpu);
        assertThat(capability.runsMachineCodeOf(ComputeCapability.of(madeFor))).isEqualTo(machineCode);
        assertThat(capability.runsPtxOf(ComputeCapability.of(madeFor))).isEqualTo(ptx);
    }

    @Test
    void readsArchitectures() {
        assertThat(ComputeCapability.ofArchitecture(121)).isEqualTo(ComputeCapability.of("12.1"));
    }

    @Test
    void refusesAnArchitectureWhereACapabilityIsAskedFor() {
        assertThatThrownBy(() -> ComputeCapability.of("sm_90"))
                .hasMessageContaining("\"sm_90\" is no compute capability; write it as 9.0");
    }
}
