package dev.irstd.training.checkpoint;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.network.Parameter.Role;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a network as the official code names them: its state_dict. A shared convolution stands under each of its
 * names.
 *
 * @param tensors tensors by key, without any prefix; those that share an array are one tensor in PyTorch
 * @param counters the batches that each batch norm has seen, by keys that end in {@code .num_batches_tracked}
 */
public record StateDict(Map<String, FloatTensor> tensors, Map<String, Long> counters) {
    private static final String COUNTER = ".num_batches_tracked";
    private static final String VARIANCE = ".running_var";

    /** Copies the maps, in their order. */
    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
        for (String key : counters.keySet()) {
            if (!isCounter(key)) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" is not the key of a counter, which ends in " + COUNTER);
            }
        }
    }

    /**
     * The weights of a network under all keys that its official code has.
     *
     * @param network the network
     * @param weights its weights
     * @return the state_dict; how many batches each batch norm has seen is not known, and 0
     */
    public static StateDict of(Network network, Weights weights) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            for (String name : parameter.names()) {
                tensors.put(name, weights.get(parameter.name()));
            }
        }
        counterKeys(network).forEach(key -> counters.put(key, 0L));
        return new StateDict(tensors, counters);
    }

    static boolean isCounter(String key) {
        return key.endsWith(COUNTER);
    }

    static String counterBeside(String varianceKey) {
        return varianceKey.endsWith(VARIANCE)
                ? varianceKey.substring(0, varianceKey.length() - VARIANCE.length()) + COUNTER
                : varianceKey;
    }

    private static List<String> counterKeys(Network network) {
        return NetworkSummary.parametersOf(network).stream()
                .filter(parameter -> parameter.role() == Role.RUNNING_VARIANCE)
                .flatMap(parameter -> parameter.names().stream())
                .map(StateDict::counterBeside)
                .toList();
    }

    /**
     * Finds the weights of a network, each parameter under at least one of its names.
     *
     * @param network the network
     * @return its weights, sharing the tensors
     * @throws IllegalArgumentException naming the first parameter that is missing, of another shape or different under
     *     two of its names, or the first key that the network does not know, and the network of {@link Networks} that
     *     would fit, if one does
     */
    public Weights weightsOf(Network network) {
        List<String> unused = unusedBy(network);
        Weights weights;
        try {
            weights = Weights.of(network, tensors);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + (unused.isEmpty() ? "" : "; unknown to it: " + shortened(unused)) + hint(), e);
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(network.name() + " does not know " + shortened(unused) + hint());
        }
        return weights;
    }

    /**
     * Lists what a network does not know.
     *
     * @param network the network
     * @return keys, in order, counters of unknown batch norms included
     */
    public List<String> unusedBy(Network network) {
        List<String> unused = new ArrayList<>(tensors.keySet());
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            unused.removeAll(parameter.names());
        }
        List<String> unusedCounters = new ArrayList<>(counters.keySet());
        unusedCounters.removeAll(counterKeys(network));
        unused.addAll(unusedCounters);
        return List.copyOf(unused);
    }

    /**
     * A copy without some entries, such as those {@link #unusedBy} a network.
     *
     * @param keys keys of tensors or counters; others do nothing
     * @return the rest
     */
    public StateDict without(Collection<String> keys) {
        Map<String, FloatTensor> otherTensors = new LinkedHashMap<>(tensors);
        Map<String, Long> otherCounters = new LinkedHashMap<>(counters);
        otherTensors.keySet().removeAll(keys);
        otherCounters.keySet().removeAll(keys);
        return new StateDict(otherTensors, otherCounters);
    }

    private static String shortened(List<String> keys) {
        return "\"" + keys.get(0) + "\"" + (keys.size() == 1 ? "" : " and " + (keys.size() - 1) + " more");
    }

    private String hint() {
        for (String name : Networks.names()) {
            if (fits(Networks.named(name))) {
                return "; it fits " + name;
            }
            if (fitsInColour(name)) {
                return "; it fits " + name + " with 3 input channels";
            }
        }
        return "";
    }

    private boolean fitsInColour(String name) {
        try {
            return fits(Networks.named(name, 3));
        } catch (IllegalArgumentException greyOnly) {
            return false;
        }
    }

    private boolean fits(Network network) {
        return unusedBy(network).isEmpty()
                && NetworkSummary.parametersOf(network).stream().allMatch(this::has);
    }

    private boolean has(Parameter parameter) {
        return parameter.names().stream()
                .filter(tensors::containsKey)
                .findFirst()
                .filter(name -> tensors.get(name).shape().equals(parameter.shape()))
                .isPresent();
    }

    /**
     * Writes a file for the official code, whole or not at all. A name that ends in {@code .safetensors} gives that format,
     * which holds what several keys share under the first of them and the others in its metadata, as Python's
     * {@code save_model} and {@code load_model} have it, and no counters, as Python fills them in; every other name gives
     * PyTorch's zip format, in which keys that share an array share a storage.
     *
     * @param file where to; replaced if it exists
     * @param layout the form that is expected
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if a wrapper is asked for in a safetensors file, which cannot have one
     */
    public void write(Path file, Layout layout) throws IOException {
        if (!file.getFileName().toString().endsWith(".safetensors")) {
            TorchZip.write(file, this, layout);
            return;
        }
        if (layout.wrapper() != Wrapper.NONE) {
            throw new IllegalArgumentException(file + ": safetensors files hold tensors alone, no wrapper around them");
        }
        Map<FloatTensor, String> names = new HashMap<>();
        Map<String, FloatTensor> named = new LinkedHashMap<>();
        Map<String, String> otherNames = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            String name = layout.prefix().text() + key;
            String first = names.putIfAbsent(tensor, name);
            if (first == null) {
                named.put(name, tensor);
            } else {
                otherNames.put(name, first);
            }
        });
        new Safetensors(otherNames, named, Map.of()).write(file);
    }
}
