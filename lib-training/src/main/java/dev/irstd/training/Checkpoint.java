package dev.irstd.training;

import dev.irstd.Normalization;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a training needs to go on after an epoch. Order and augmentation are functions of seed and epoch, so that
 * they need no state.
 */
record Checkpoint(
        String network,
        String plan,
        Normalization normalization,
        int epoch,
        Weights weights,
        Weights averaged,
        byte[] optimiser) {
    static final String FILE = "checkpoint.safetensors";

    private static final String NETWORK = "irstd.network";
    private static final String PLAN = "irstd.plan";
    private static final String MEAN = "irstd.mean";
    private static final String DEVIATION = "irstd.deviation";
    private static final String EPOCH = "irstd.epoch";
    private static final String WEIGHTS = "weights/";
    private static final String AVERAGED = "averaged/";
    private static final String OPTIMISER = "optimiser";

    void write(Path file) throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> tensors.put(WEIGHTS + name, tensor));
        averaged.tensors().forEach((name, tensor) -> tensors.put(AVERAGED + name, tensor));
        Map<String, String> metadata = Map.of(
                NETWORK,
                network,
                PLAN,
                plan,
                MEAN,
                normalization.mean().get(0).toString(),
                DEVIATION,
                normalization.standardDeviation().get(0).toString(),
                EPOCH,
                Integer.toString(epoch));
        new Safetensors(metadata, tensors, Map.of(OPTIMISER, optimiser)).write(file);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException if the file cannot be read or is no whole checkpoint; names the file
     * @throws IllegalArgumentException if another network was trained
     */
    static Checkpoint read(Network network, Path file) throws IOException {
        Safetensors contents = Safetensors.read(file);
        String trained = contents.metadata().get(NETWORK);
        String plan = contents.metadata().get(PLAN);
        String epoch = contents.metadata().get(EPOCH);
        String mean = contents.metadata().get(MEAN);
        String deviation = contents.metadata().get(DEVIATION);
        byte[] optimiser = contents.blobs().get(OPTIMISER);
        if (trained == null
                || plan == null
                || mean == null
                || deviation == null
                || epoch == null
                || optimiser == null) {
            throw new IOException(file + " is not a training's checkpoint: it needs all of \""
                    + String.join("\", \"", NETWORK, PLAN, MEAN, DEVIATION, EPOCH, OPTIMISER) + "\"");
        }
        // A smaller network finds all its parameters among those of a larger one.
        if (!trained.equals(network.name())) {
            throw new IllegalArgumentException(file + " is of " + trained + ", not " + network.name());
        }
        try {
            return new Checkpoint(
                    trained,
                    plan,
                    Normalization.of(Float.parseFloat(mean), Float.parseFloat(deviation)),
                    Integer.parseInt(epoch),
                    weights(network, contents, WEIGHTS),
                    weights(network, contents, AVERAGED),
                    optimiser);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a whole checkpoint: " + e.getMessage(), e);
        }
    }

    private static Weights weights(Network network, Safetensors contents, String prefix) {
        Map<String, FloatTensor> stateDict = new LinkedHashMap<>();
        contents.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                stateDict.put(name.substring(prefix.length()), tensor);
            }
        });
        return Weights.of(network, stateDict);
    }
}
