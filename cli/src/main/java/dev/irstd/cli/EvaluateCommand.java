package dev.irstd.cli;

import dev.irstd.metrics.Bootstrap;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.SirstDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = "Measures detectors, or what another program predicted, on a dataset, each image at its original"
                + " resolution unless told otherwise.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    DataOptions data = new DataOptions();

    @Option(
            names = "--split",
            paramLabel = "train|test|FILE",
            defaultValue = DataOptions.TEST,
            description = "Part of the dataset: a split by its name, or a file of ids. Default: ${DEFAULT-VALUE}")
    String split = DataOptions.TEST;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "Measure on images and masks made that much larger or smaller, for targets of other sizes."
                    + " Default: ${DEFAULT-VALUE}, their own size")
    double scale = 1;

    @Mixin
    PredictorOptions predictorOptions = new PredictorOptions();

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            split = ",",
            description =
                    "How targets and false alarms are counted: ${COMPLETION-CANDIDATES}. The first one also decides"
                            + " curves, sheet and comparison. Default: all, MARKED first.")
    List<TargetProtocol> protocols = List.of(
            TargetProtocol.MARKED,
            TargetProtocol.OPTIMAL_ASSIGNMENT,
            TargetProtocol.LEGACY_AREA,
            TargetProtocol.DCONET,
            TargetProtocol.LPNETGA);

    @Option(
            names = "--resamples",
            paramLabel = "N",
            description = "Resamples of the images behind the 95 %% intervals. Default: ${DEFAULT-VALUE}")
    int resamples = Bootstrap.USUAL_RESAMPLES;

    @Mixin
    OutOptions output = new OutOptions();

    @Option(
            names = "--strict",
            description =
                    "Exit with status 1 if any image could not be measured, because a file is missing or damaged.")
    boolean strict;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        settleOptions();
        SirstDataset dataset = data.open(split);
        EvaluatedData described = new EvaluatedData(data.data, split, data.without, scale, LocalDate.now());
        try (Predictors predictors = predictorOptions.open()) {
            boolean several = predictors.all().size() > 1;
            Optional<EvaluationFolder> folder = output.folder(several, protocols);
            List<Measured> all = new ArrayList<>();
            List<Witness> witnesses = new ArrayList<>();
            for (Predictor predictor : predictors.all()) {
                Witness witness = witness(predictor, folder);
                witnesses.add(witness);
                all.add(measure(predictor, dataset, witness));
            }
            print(described, all);
            if (folder.isPresent()) {
                folder.get().write(described, all);
            }
            for (Witness witness : witnesses) {
                witness.finish();
            }
            return listFailures(all) && strict ? ExitCode.SOFTWARE : ExitCode.OK;
        }
    }

    private void settleOptions() {
        output.check(spec.commandLine());
        predictorOptions.check(spec);
        protocols = protocols.stream().distinct().toList();
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--scale " + scale + ": a factor above 0");
        }
        if (resamples < 1) {
            throw new ParameterException(spec.commandLine(), "--resamples " + resamples + ": at least one");
        }
    }

    private Witness witness(Predictor predictor, Optional<EvaluationFolder> folder) throws IOException {
        return folder.isEmpty()
                ? Witness.NONE
                : output.pictures(folder.get().of(predictor.subject()), protocols.get(0));
    }

    private Measured measure(Predictor predictor, SirstDataset dataset, Witness witness) throws IOException {
        Measurement measurement = new Measurement(predictor, scale, protocols.toArray(TargetProtocol[]::new));
        try (Progress progress = new Progress(predictor.subject().name(), dataset.size())) {
            for (String id : dataset.ids()) {
                measurement.add(dataset, id, witness);
                progress.step();
            }
        }
        predictor
                .remark()
                .ifPresent(remark -> ErrorLine.print(spec.commandLine().getErr(), remark));
        return measurement.finish(resamples);
    }

    private void print(EvaluatedData described, List<Measured> all) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(EvaluationReport.heading(described));
        all.forEach(measured -> out.printf("%n%s", EvaluationReport.settings(measured)));
        out.printf("%n%s%n%s", EvaluationReport.pixels(all), EvaluationReport.targets(all, protocols));
        if (all.size() > 1) {
            out.printf("%n%s", EvaluationReport.differences(all, protocols.get(0), resamples));
        }
        out.flush();
    }

    /** Says whether there were any. */
    private boolean listFailures(List<Measured> all) {
        PrintWriter err = spec.commandLine().getErr();
        for (Measured measured : all) {
            List<Measured.Failure> failures = measured.failures();
            if (!failures.isEmpty()) {
                int images = measured.images().size() + failures.size();
                ErrorLine.print(
                        err,
                        measured.subject().name() + ": " + failures.size() + " of " + images
                                + " images could not be measured, and no figure counts them:");
                failures.forEach(failure -> ErrorLine.print(err, failure.id() + ": " + failure.reason()));
            }
        }
        return all.stream().anyMatch(measured -> !measured.failures().isEmpty());
    }
}
