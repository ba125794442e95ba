package dev.irstd.cli;

import dev.irstd.training.TrainedRun;
import dev.irstd.training.Trainer;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
                description = "Run folder of a training; the moving average of its weights is taken.")
        @Nullable
        Path run;

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
        if (source.run != null) {
            TrainedRun trained = Trainer.read(definition, source.run);
            output.write(definition, trained.averaged(), trained.normalization(), out);
        } else {
            PrintWriter err = spec.commandLine().getErr();
            output.write(definition, WeightsFile.read(definition, source.weights, err), out);
        }
        return 0;
    }
}
