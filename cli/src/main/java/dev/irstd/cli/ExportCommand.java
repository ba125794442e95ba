package dev.irstd.cli;

import dev.irstd.Normalization;
import dev.irstd.training.TrainedRun;
import dev.irstd.training.Trainer;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes a trained network as an ONNX file that describes itself, or for official Python code.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    Source source = new Source();

    @Option(names = "--network", paramLabel = "NAME", defaultValue = "RRCANet", description = "Network of the weights.")
    String network = "";

    @Mixin
    WeightsOutput output = new WeightsOutput();

    @Spec
    CommandSpec spec;

    static final class Source {
        @Option(
                names = "--run",
                paramLabel = "FOLDER",
                required = true,
                description = "Run folder of a training; the moving average of its weights is taken. Of several, which"
                        + " must have one origin, the mean.")
        List<Path> runs = List.of();

        @Option(
                names = "--weights",
                paramLabel = "FILE",
                required = true,
                description = "Weights by the network's official names: safetensors, or what torch.save wrote.")
        @Nullable
        Path weights;
    }

    @Override
    public Integer call() throws IOException {
        Network definition = Networks.named(network);
        output.requireKnownFormat();
        PrintWriter out = spec.commandLine().getOut();
        if (source.weights == null) {
            TrainedRun trained = mean(definition);
            output.write(definition, trained.averaged(), trained.normalization(), out);
        } else {
            PrintWriter err = spec.commandLine().getErr();
            output.write(definition, WeightsFile.read(definition, source.weights, err), out);
        }
        return 0;
    }

    private TrainedRun mean(Network definition) throws IOException {
        List<Weights> weights = new ArrayList<>();
        Set<Normalization> normalizations = new LinkedHashSet<>();
        for (Path run : source.runs) {
            TrainedRun trained = Trainer.read(definition, run);
            weights.add(trained.averaged());
            normalizations.add(trained.normalization());
        }
        if (normalizations.size() > 1) {
            throw new IllegalArgumentException(
                    source.runs + " were fed grey values by different scalings, and have no mean: " + normalizations);
        }
        return new TrainedRun(Weights.mean(weights), normalizations.iterator().next());
    }
}
