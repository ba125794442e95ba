package dev.irstd;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GeometryTest {
    @Test
    void paddingAcceptsMultiples() {
        Geometry geometry = new Geometry.PadToMultiple(16);

        assertThat(geometry.accepts(16, 48)).isTrue();
        assertThat(geometry.accepts(16, 40)).isFalse();
        assertThat(geometry.accepts(40, 16)).isFalse();
        assertThat(geometry.accepts(0, 16)).isFalse();
        assertThat(geometry.accepts(16, -16)).isFalse();
    }

    @Test
    void resizingAcceptsItsOwnSizeOnly() {
        Geometry geometry = new Geometry.Resize(320, 256, Geometry.Sampling.ANTIALIASED);

        assertThat(geometry.accepts(320, 256)).isTrue();
        assertThat(geometry.accepts(256, 320)).isFalse();
        assertThat(geometry.accepts(640, 512)).isFalse();
    }

    @Test
    void refusesSizesWithoutPixels() {
        assertThatThrownBy(() -> new Geometry.Resize(0, 256, Geometry.Sampling.BILINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x256");
        assertThatThrownBy(() -> new Geometry.Resize(256, -1, Geometry.Sampling.BILINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256x-1");
    }
}
