package dev.irstd.cli;

import dev.irstd.training.checkpoint.CheckpointFile;
import dev.irstd.training.checkpoint.StateDict;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description =
                "Makes a model of a checkpoint that official Python code wrote. Nothing that the file names is run.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHECKPOINT", description = "What torch.save wrote, or a safetensors file.")
    Path checkpoint = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            required = true,
            description = "Network of the weights; irstd info lists them.")
    String network = "";

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "Input channels of the network, 1 or 3. Default: those of the file's first convolution.")
    @Nullable
    Integer channels;

    @Option(names = "--allow-unused", description = "Leave out tensors that the network does not know.")
    boolean allowUnused;

    @Mixin
    WeightsOutput output = new WeightsOutput();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Network grey = Networks.named(network);
        output.requireKnownFormat();
        CheckpointFile file = CheckpointFile.read(checkpoint);
        StateDict stateDict = file.stateDict();
        Network definition = Networks.named(network, channels == null ? inputChannels(stateDict, grey) : channels);
        List<String> unused = stateDict.unusedBy(definition);
        Weights weights = weights(allowUnused ? stateDict.without(unused) : stateDict, definition);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d tensors and %d batch counters%s%n",
                checkpoint,
                stateDict.tensors().size(),
                stateDict.counters().size(),
                file.prefix().isEmpty() ? "" : ", without their prefix \"" + file.prefix() + "\"");
        List<String> leftOut = new ArrayList<>(unused);
        leftOut.addAll(file.leftOut());
        report("not of " + definition.name() + " and left out", leftOut);
        report("rounded from double to single precision", file.rounded());
        output.write(definition, weights, out);
        return 0;
    }

    /** Of the first convolution, which sees the image; 1 if that is not to be told. */
    private static int inputChannels(StateDict stateDict, Network grey) {
        Parameter first = NetworkSummary.parametersOf(grey).get(0);
        FloatTensor tensor = stateDict.tensors().get(first.name());
        boolean colour = tensor != null
                && tensor.shape().size() == 4
                && first.shape().size() == 4
                && first.shape().get(1) == 1
                && tensor.shape().get(1) == 3;
        return colour ? 3 : 1;
    }

    private Weights weights(StateDict stateDict, Network definition) {
        try {
            return stateDict.weightsOf(definition);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("checkpoint " + checkpoint + ": " + e.getMessage(), e);
        }
    }

    private void report(String what, List<String> keys) {
        if (!keys.isEmpty()) {
            spec.commandLine().getOut().printf("%d %s: %s%n", keys.size(), what, String.join(", ", keys));
        }
    }
}
