package dev.irstd.cli;

import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files of an evaluation. Several predictors have a folder each, and the figure of their curves in common. */
record EvaluationFolder(Path folder, boolean several, List<TargetProtocol> protocols) {
    /** The folder of one predictor. */
    Path of(Subject subject) {
        return several ? folder.resolve(subject.name()) : folder;
    }

    void write(EvaluatedData data, List<Measured> all) throws IOException {
        for (Measured measured : all) {
            Path own = of(measured.subject());
            MetricsJson.write(own.resolve("metrics.json"), data, measured, protocols);
            WholeFile.writeText(own.resolve("images.csv"), EvaluationCsv.images(measured, protocols.get(0)));
            WholeFile.writeText(own.resolve("roc.csv"), EvaluationCsv.roc(measured.roc(), protocols));
        }
        WholeFile.writePng(folder.resolve("roc.png"), RocPlot.of(all, protocols.get(0)));
    }
}
