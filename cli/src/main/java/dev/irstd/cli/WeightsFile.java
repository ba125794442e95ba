package dev.irstd.cli;

import dev.irstd.training.checkpoint.CheckpointFile;
import dev.irstd.training.checkpoint.StateDict;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Weights by a network's official names, in a file. */
final class WeightsFile {
    private WeightsFile() {}

    /**
     * Reads the weights of a network; says on {@code err} what else the file holds.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a tensor of the network is missing or of another shape
     */
    static Weights read(Network definition, Path file, PrintWriter err) throws IOException {
        StateDict stateDict = CheckpointFile.read(file).stateDict();
        Weights weights = Weights.of(definition, stateDict.tensors());
        // A smaller network finds all its parameters among those of a larger one, which is seldom meant.
        List<String> unused = stateDict.unusedBy(definition);
        if (!unused.isEmpty()) {
            ErrorLine.print(
                    err,
                    file + ": " + unused.size() + " tensors are not of " + definition.name()
                            + " and were left out, such as " + unused.get(0));
        }
        return weights;
    }

    /**
     * Reads the weights of a related network as far as they fit; says on {@code err} how far that is.
     *
     * @param scratch what takes the place of the others
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if nothing fits
     */
    static Weights readFitting(Network definition, Path file, Weights scratch, PrintWriter err) throws IOException {
        Weights weights = Weights.fitting(
                definition, CheckpointFile.read(file).stateDict().tensors(), scratch);
        Map<String, FloatTensor> tensors = weights.tensors();
        long fresh = tensors.keySet().stream()
                .filter(name -> tensors.get(name) == scratch.get(name))
                .count();
        ErrorLine.print(
                err,
                file + ": gives " + (tensors.size() - fresh) + " of the " + tensors.size() + " tensors of "
                        + definition.name() + "; the others start from scratch");
        return weights;
    }
}
