package dev.irstd.cli;

import dev.irstd.metrics.TargetProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** The files of an evaluation. Several predictors have a folder each, and the figure of their curves in common. */
record EvaluationFolder(Path folder, boolean several, List<TargetProtocol> protocols) {
    /** The folder of one predictor. */
    Path of(Subject subject) {
        return several ? folder.resolve(subject.name()) : folder;
    }

    void write(EvaluatedData data, List<Measured> all) throws IOException {
        for (Measured measured : all) {
            Path own = Files.createDirectories(of(measured.subject()));
            MetricsJson.write(own.resolve("metrics.json"), data, measured, protocols);
            Files.writeString(own.resolve("images.csv"), EvaluationCsv.images(measured, protocols.get(0)));
            Files.writeString(own.resolve("roc.csv"), EvaluationCsv.roc(measured.roc(), protocols));
        }
        ImageIO.write(
                RocPlot.of(all, protocols.get(0)),
                "png",
                folder.resolve("roc.png").toFile());
    }
}
