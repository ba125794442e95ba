package dev.irstd;

import dev.irstd.ExitingProgram.Ending;
import dev.irstd.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A process that ends while detectors are loaded, run or closed ends as it was asked to. */
class JvmExitTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void endsAsAsked(Ending ending) throws Exception {
        requireEndsAsAsked(ending, 20);
    }

    @Tag("long")
    @RepeatedTest(20)
    void endsAsAskedAtAnyTime() throws Exception {
        for (Ending ending : Ending.values()) {
            requireEndsAsAsked(ending, Math.round(Math.random() * 300));
        }
    }

    private void requireEndsAsAsked(Ending ending, long milliseconds) throws Exception {
        ChildJvm.Ended ended = new ChildJvm(folder)
                .run(
                        ExitingProgram.class,
                        List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
                        List.of(ending.name(), "" + milliseconds));

        assertThat(ended.crashReports()).as(ended.output()).isEmpty();
        assertThat(ended.output()).doesNotContain("Exception").doesNotContain(ExitingProgram.STANDSTILL);
        assertThat(ended.exitCode()).isEqualTo(ending == Ending.RETURN_WITH_DAEMONS ? 0 : ExitingProgram.EXIT_CODE);
    }
}
