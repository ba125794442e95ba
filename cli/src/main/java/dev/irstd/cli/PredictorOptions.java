package dev.irstd.cli;

import dev.irstd.InputRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say what is measured. */
final class PredictorOptions {
    private static final float USUAL_THRESHOLD = 0.5f;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description = "ONNX file, or name of an embedded model. Several are compared with the first one. Default: "
                    + ModelChoice.STANDARD)
    List<String> models = List.of();

    @Option(
            names = "--predictions",
            paramLabel = "FOLDER",
            description =
                    "Score maps or masks that another program wrote, ID.png or ID.mat, instead of a model or to be"
                            + " compared with one.")
    List<Path> predictions = List.of();

    @Option(
            names = "--score-range",
            paramLabel = "RANGE",
            converter = InputRangeConverter.class,
            defaultValue = "full",
            description = "Values of --predictions that stand for the probabilities 0 and 1: LOW:HIGH (such as 0:1 for"
                    + " masks of 0 and 1), full (what the file's bits can hold) or per-image (lowest to highest)."
                    + " Default: ${DEFAULT-VALUE}")
    InputRange scoreRange = InputRange.fullScale();

    @Mixin
    DetectorOptions detector = new DetectorOptions();

    /** Refuses options of what is not measured. */
    void check(CommandSpec spec) {
        if (predictions.isEmpty()) {
            IdleOptions.refuse(spec, "--predictions", List.of("--score-range"));
        }
        if (models.isEmpty() && !predictions.isEmpty()) {
            IdleOptions.refuse(spec, "--model", List.of("--manifest", "--output", "--device", "--range", "--tiles"));
        }
    }

    /** Opens models before folders, all or none. */
    Predictors open() throws IOException {
        if (detector.foreign != null && models.size() > 1) {
            throw new IllegalArgumentException("--manifest describes one model, here are " + models.size()
                    + "; write the maps of each with --maps, and compare them with --predictions");
        }
        UniqueNames names = new UniqueNames();
        List<Predictor> opened = new ArrayList<>();
        List<String> wanted = models.isEmpty() && predictions.isEmpty() ? List.of(ModelChoice.STANDARD) : models;
        try {
            for (String model : wanted) {
                opened.add(ModelPredictor.of(detector.open(model), names.ofFile(Path.of(model))));
            }
            for (Path folder : predictions) {
                String name = names.ofFolder(folder.toAbsolutePath().normalize());
                opened.add(PredictionFolder.of(folder, name, scoreRange, threshold()));
            }
        } catch (IOException | RuntimeException e) {
            new Predictors(opened).close();
            throw e;
        }
        return new Predictors(opened);
    }

    private float threshold() {
        return detector.threshold == null ? USUAL_THRESHOLD : detector.threshold;
    }
}
