package dev.irstd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PerformancePageTest {
    @Test
    void replacesWhatStandsBetweenTheMarkersOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/performance.md"));
        String once = PerformancePage.between(page, "a table\n");
        assertThat(once).startsWith("# Performance\n").contains("a table\n", "## How to read it");
        assertThat(PerformancePage.between(once, "a table\n")).isEqualTo(once);
        assertThat(PerformancePage.between(once, "another\n")).doesNotContain("a table");
    }

    @Test
    void refusesAPageWithoutMarkers() {
        assertThatIllegalArgumentException().isThrownBy(() -> PerformancePage.between("# Performance\n", ""));
    }
}
