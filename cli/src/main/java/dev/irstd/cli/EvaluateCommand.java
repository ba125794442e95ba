package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.metrics.ThresholdSweep;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = "Measures a detector on a dataset, each image at its original resolution.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    /** As many as the official ROC curves of RRCANet take. */
    private static final int ROC_STEPS = 300;

    @Mixin
    DataOptions data = new DataOptions();

    @Option(
            names = "--split",
            paramLabel = "train|test|FILE",
            defaultValue = DataOptions.TEST,
            description = "Part of the dataset: a split by its name, or a file of ids. Default: ${DEFAULT-VALUE}")
    String split = DataOptions.TEST;

    @Mixin
    DetectorOptions detector = new DetectorOptions();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the counts of each image here.")
    @Nullable
    Path csv;

    @Option(names = "--roc", paramLabel = "FILE", description = "Write Pd and Fa at 301 thresholds here, as CSV.")
    @Nullable
    Path roc;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SirstDataset dataset = data.open(split);
        Measurement measured = new Measurement();
        ThresholdSweep sweep = new ThresholdSweep(ThresholdSweep.evenThresholds(ROC_STEPS), Measurement.PROTOCOLS);
        try (DetectorOptions.Opened opened = detector.open()) {
            for (String id : dataset.ids()) {
                Sample sample = dataset.load(id);
                Detection found = opened.detector().detect(sample.image());
                measured.add(sample, found);
                if (roc != null) {
                    sweep.add(found.scoreMap(), sample.mask());
                }
            }
            print(opened, measured);
        }
        if (csv != null) {
            Files.writeString(csv, EvaluationReport.perImage(measured.images()));
        }
        if (roc != null) {
            Files.writeString(roc, EvaluationReport.roc(sweep.points()));
        }
        return 0;
    }

    private void print(DetectorOptions.Opened opened, Measurement measured) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("model      %s (%s)%n", opened.model(), opened.network());
        out.printf("data       %s, split %s%n", data.data, split);
        if (!data.without.isEmpty()) {
            out.printf("without    %s%n", data.without);
        }
        out.printf("images     %d%n", measured.images().size());
        out.printf("threshold  %s%n", opened.threshold());
        out.printf("device     %s%n", opened.detector().device());
        out.printf(Locale.ROOT, "time       %.1f ms an image (median)%n", measured.medianMilliseconds());
        out.printf("date       %s%n%n", LocalDate.now());
        out.print(EvaluationReport.figures(measured.total()));
        out.flush();
    }
}
