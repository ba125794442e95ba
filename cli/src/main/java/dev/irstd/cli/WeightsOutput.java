package dev.irstd.cli;

import dev.irstd.Activation;
import dev.irstd.InputType;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.training.TrainingPlan;
import dev.irstd.training.checkpoint.KeyPrefix;
import dev.irstd.training.checkpoint.Layout;
import dev.irstd.training.checkpoint.StateDict;
import dev.irstd.training.checkpoint.Wrapper;
import dev.irstd.training.network.Network;
import dev.irstd.training.onnx.ExportOptions;
import dev.irstd.training.onnx.Exported;
import dev.irstd.training.onnx.OnnxExporter;
import dev.irstd.training.onnx.Precision;
import dev.irstd.training.onnx.Rewriting;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that write a network's weights, as a model or for official code. */
final class WeightsOutput {
    private static final String ONNX = ".onnx";
    private static final List<String> WEIGHTS = List.of(".safetensors", ".pth", ".pt", ".pth.tar", ".pkl");
    private static final List<String> FOR_ONNX = List.of(
            "--normalization",
            "--input",
            "--precision",
            "--calibrate",
            "--mask",
            "--logits",
            "--rewrite",
            "--threshold",
            "--trained-on",
            "--metrics",
            "--licence",
            "--model-version");
    private static final List<String> FOR_WEIGHTS = List.of("--key-prefix", "--wrapper");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write: .onnx, which describes itself; .pth, .pt, .pth.tar or .pkl for official"
                    + " Python code; .safetensors.")
    Path out = Path.of("");

    @Option(
            names = "--normalization",
            paramLabel = "SCALING",
            converter = InputScaling.Converter.class,
            description = "What the network was trained on, for .onnx: nuaa-sirst, nudt-sirst, irstd-1k, unit (grey /"
                    + " 255), imagenet (3 channels), or MEAN,DEVIATION on the scale 0 to 255. Default: that of the"
                    + " training run; without one, what irstd train feeds the network.")
    @Nullable
    InputScaling normalization;

    @Option(
            names = "--input",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description = "What the file takes: float32, an image that is scaled and padded already; uint8 or uint16,"
                    + " samples of 8 or 16 bits, which the file scales and pads itself.")
    InputType input = InputType.FLOAT32;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "What the file computes with: float32; float16, for GPUs; or int8, for processors, which needs"
                            + " --calibrate.")
    Numbers precision = Numbers.FLOAT32;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @ArgGroup(exclusive = false)
    @Nullable
    CalibrationOptions calibration;

    @Option(
            names = "--mask",
            description = "Add the output mask, 1 byte a pixel, for programs that run the file themselves.")
    boolean mask;

    @Option(names = "--logits", description = "Leave the final sigmoid to the reader of the output.")
    boolean logits;

    @Option(
            names = "--rewrite",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Export an equal graph that takes less work; --no-rewrite keeps operations and parameters as"
                    + " the network has them.")
    boolean rewrite;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            defaultValue = "0.5",
            description = "Probability above which a pixel belongs to a target.")
    float threshold;

    @Option(names = "--trained-on", paramLabel = "TEXT", defaultValue = "unknown", description = "Dataset and split.")
    String trainedOn = "";

    @Option(names = "--metrics", paramLabel = "TEXT", defaultValue = "unknown", description = "Figures and protocol.")
    String metrics = "";

    @Option(names = "--licence", paramLabel = "TEXT", defaultValue = "unknown", description = "Licence of the weights.")
    String licence = "";

    @Option(names = "--model-version", paramLabel = "TEXT", defaultValue = "unknown", description = "The model's own.")
    String version = "";

    @Option(
            names = "--key-prefix",
            paramLabel = "PREFIX",
            defaultValue = "none",
            description = "What stands before each key, for official code: none, model or module.")
    KeyPrefix prefix;

    @Option(
            names = "--wrapper",
            paramLabel = "WRAPPER",
            defaultValue = "none",
            description = "What official code expects at the top: none or state_dict.")
    Wrapper wrapper;

    /** What an exported file computes with. */
    enum Numbers {
        FLOAT32,
        FLOAT16,
        INT8
    }

    /**
     * Refuses what cannot be written, before work is spent on it.
     *
     * @throws IllegalArgumentException if the file's name has no known extension, or int8 and calibration go apart
     * @throws picocli.CommandLine.ParameterException if an option is for files of another kind
     */
    void requireKnownFormat() {
        String name = name();
        if (!name.endsWith(ONNX) && WEIGHTS.stream().noneMatch(name::endsWith)) {
            throw new IllegalArgumentException(
                    out + ": the name tells the format, which is none of " + ONNX + ", " + String.join(", ", WEIGHTS));
        }
        if (name.endsWith(ONNX)) {
            IdleOptions.refuse(spec, "files of weights", FOR_WEIGHTS);
        } else {
            IdleOptions.refuse(spec, ONNX + " files", FOR_ONNX);
        }
        if ((precision == Numbers.INT8) != (calibration != null)) {
            throw new IllegalArgumentException(
                    calibration == null
                            ? "--precision int8 without calibration: add --calibrate FOLDER, a dataset like what the network"
                                    + " was trained on"
                            : "--calibrate " + calibration.folder + " is for --precision int8 alone");
        }
    }

    /** Writes weights that were trained on what {@code irstd train} feeds the network. */
    void write(Network network, Weights weights, PrintWriter report) throws IOException {
        write(network, weights, TrainingPlan.standardFor(network).normalization(), report);
    }

    /**
     * Writes weights.
     *
     * @param trainedOn the normalization where none is asked for
     */
    void write(Network network, Weights weights, Normalization trainedOn, PrintWriter report) throws IOException {
        if (!name().endsWith(ONNX)) {
            StateDict.of(network, weights).write(out, new Layout(prefix, wrapper));
            report.printf("Wrote %s (%d bytes), weights of %s%n", out, Files.size(out), network.name());
            return;
        }
        ModelManifest manifest = new ModelManifest(
                        network.name(),
                        network.inputChannels(),
                        normalization == null
                                ? InputScaling.alike(trainedOn, network.inputChannels())
                                : normalization.of(network.inputChannels()),
                        network.geometry(),
                        logits ? Activation.LOGITS : Activation.PROBABILITY,
                        threshold,
                        new Provenance(version, this.trainedOn, metrics, licence))
                .withInput(input);
        OnnxExporter.write(out, network, weights, manifest, options());
        report.printf(
                "Wrote %s (%d bytes); next: irstd evaluate --model %s --data FOLDER%n", out, Files.size(out), out);
    }

    private ExportOptions options() {
        return new ExportOptions(
                mask ? Exported.MASK : Exported.PREDICTION, rewrite ? Rewriting.EXACT : Rewriting.NONE, precision());
    }

    private Precision precision() {
        return switch (precision) {
            case FLOAT32 -> Precision.FLOAT32;
            case FLOAT16 -> Precision.FLOAT16;
            case INT8 -> Precision.int8(Objects.requireNonNull(calibration).images());
        };
    }

    private String name() {
        return out.toString().toLowerCase(Locale.ROOT);
    }
}
