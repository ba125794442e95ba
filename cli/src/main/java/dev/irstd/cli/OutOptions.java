package dev.irstd.cli;

import dev.irstd.metrics.TargetProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which files an evaluation leaves. */
final class OutOptions {
    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write metrics.json, images.csv, roc.csv, roc.png and worst.png here.")
    @Nullable
    Path out;

    @Option(
            names = "--maps",
            paramLabel = "FORMAT",
            split = ",",
            description = "Write the score map of each image to the --out folder: ${COMPLETION-CANDIDATES}, or several"
                    + " separated by commas. PNG has 16 bits, PNG8 has 8; MAT holds logits as \"T\".")
    Set<MapFormat> maps = EnumSet.noneOf(MapFormat.class);

    @Option(
            names = "--worst",
            paramLabel = "N",
            defaultValue = "12",
            description = "Images on worst.png, those with the most misses and false alarms; 0 for no such sheet."
                    + " Default: ${DEFAULT-VALUE}")
    int worst;

    void check(CommandLine command) {
        if (out == null && !maps.isEmpty()) {
            throw new ParameterException(command, "--maps writes to a folder; name it with --out");
        }
        if (out == null) {
            IdleOptions.refuse(command.getCommandSpec(), "--out", List.of("--worst"));
        }
        if (worst < 0) {
            throw new ParameterException(command, "--worst " + worst + " is no number of images");
        }
    }

    Optional<EvaluationFolder> folder(boolean several, List<TargetProtocol> protocols) {
        return Optional.ofNullable(out).map(folder -> new EvaluationFolder(folder, several, protocols));
    }

    Witness pictures(Path folder, TargetProtocol protocol) throws IOException {
        return new PredictionPictures(folder, maps, worst, protocol);
    }
}
