package dev.irstd.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the standard error of a terminal; nothing where the output goes to a file or another program. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    Progress(String task, int images) {
        bar = System.console() == null
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(images)
                        .setUnit(" images", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .build();
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
