package dev.irstd.cli;

import dev.irstd.Activation;
import dev.irstd.ModelManifest;
import dev.irstd.Provenance;
import dev.irstd.training.Trainer;
import dev.irstd.training.TrainingPlan;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.onnx.OnnxExporter;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes a trained network as an ONNX file that describes itself.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    Source source = new Source();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ONNX file to write.")
    Path out = Path.of("");

    @Option(names = "--network", paramLabel = "NAME", defaultValue = "RRCANet", description = "Network of the weights.")
    String network = "";

    @Option(names = "--logits", description = "Leave the final sigmoid to the reader of the output.")
    boolean logits;

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

    @Spec
    CommandSpec spec;

    static final class Source {
        @Option(
                names = "--run",
                paramLabel = "FOLDER",
                required = true,
                description = "Run folder of a training; the moving average of its weights is taken.")
        @Nullable
        Path run;

        @Option(
                names = "--weights",
                paramLabel = "FILE",
                required = true,
                description = "Weights by the network's names, as safetensors.")
        @Nullable
        Path weights;
    }

    @Override
    public Integer call() throws IOException {
        Network definition = Networks.named(network);
        ModelManifest manifest = new ModelManifest(
                definition.name(),
                definition.inputChannels(),
                TrainingPlan.NUAA_SIRST,
                definition.geometry(),
                logits ? Activation.LOGITS : Activation.PROBABILITY,
                threshold,
                new Provenance(version, trainedOn, metrics, licence));
        OnnxExporter.write(out, definition, weights(definition), manifest);
        spec.commandLine()
                .getOut()
                .printf(
                        "Wrote %s (%d bytes); next: irstd evaluate --model %s --data FOLDER%n",
                        out, Files.size(out), out);
        return 0;
    }

    private Weights weights(Network definition) throws IOException {
        if (source.run != null) {
            return Trainer.averaged(definition, source.run);
        }
        Map<String, FloatTensor> stateDict = Safetensors.read(source.weights).tensors();
        Weights weights = Weights.of(definition, stateDict);
        warnOfUnused(definition, stateDict.keySet());
        return weights;
    }

    /** A smaller network finds all its parameters among those of a larger one, which is seldom meant. */
    private void warnOfUnused(Network definition, Set<String> names) {
        Set<String> unused = new TreeSet<>(names);
        for (Parameter parameter : NetworkSummary.parametersOf(definition)) {
            unused.removeAll(parameter.names());
        }
        if (!unused.isEmpty()) {
            ErrorLine.print(
                    spec.commandLine().getErr(),
                    source.weights + ": " + unused.size() + " of " + names.size() + " tensors are not of "
                            + definition.name() + " and were left out, such as "
                            + unused.iterator().next());
        }
    }
}
