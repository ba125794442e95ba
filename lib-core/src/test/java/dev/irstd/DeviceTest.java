package dev.irstd;

import dev.irstd.Device.Cuda;
import dev.irstd.Device.Cuda.AlgorithmSearch;
import dev.irstd.Device.Cuda.Placement;
import dev.irstd.Device.Cuda.Precision;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceTest {
    @Test
    void cudaIsExactAndWholeByDefault() {
        Cuda cuda = Device.cuda(1);

        assertThat(cuda.ordinal()).isEqualTo(1);
        assertThat(cuda.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(cuda.search()).isEqualTo(AlgorithmSearch.HEURISTIC);
        assertThat(cuda.placement()).isEqualTo(Placement.GPU_ONLY);
        assertThat(cuda.memoryLimit()).isEmpty();
    }

    @Test
    void eachSettingLeavesTheOthers() {
        Cuda cuda = Device.cuda(2)
                .withMemoryLimit(1L << 30)
                .with(Precision.TF32)
                .with(AlgorithmSearch.EXHAUSTIVE)
                .with(Placement.CPU_FALLBACK);

        assertThat(cuda.ordinal()).isEqualTo(2);
        assertThat(cuda.memoryLimit()).hasValue(1L << 30);
        assertThat(cuda.precision()).isEqualTo(Precision.TF32);
        assertThat(cuda.search()).isEqualTo(AlgorithmSearch.EXHAUSTIVE);
        assertThat(cuda.placement()).isEqualTo(Placement.CPU_FALLBACK);
    }

    @Test
    void reportsSayWhatMayChangeScores() {
        assertThat(Device.cuda(0).withMemoryLimit(1 << 20)).hasToString("CUDA device 0");
        assertThat(Device.cuda(3).with(Precision.TF32).with(Placement.CPU_FALLBACK))
                .hasToString("CUDA device 3 (TF32, CPU fallback)");
    }

    @Test
    void refusesAMemoryLimitOfNothing() {
        assertThatThrownBy(() -> Device.cuda(0).withMemoryLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 bytes");
    }
}
