package dev.irstd.training.weights;

import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The weights of a network: one tensor for each of its parameters, running statistics included. */
public final class Weights {
    private final Map<String, FloatTensor> tensors;

    private Weights(Map<String, FloatTensor> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * The weights a training starts from.
     *
     * @param network the network
     * @param initialisation how convolutions start
     * @param prior the probability that the untrained network is to give each pixel, in (0, 1); sets the bias of the
     *     network's heads
     * @param seed the same seed gives the same weights
     * @return fresh weights
     */
    public static Weights initial(Network network, Initialisation initialisation, double prior, long seed) {
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("prior " + prior + " is not a probability in (0, 1)");
        }
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            tensors.put(parameter.name(), initialisation.start(parameter, random));
        }
        for (Conv2d head : network.heads()) {
            Arrays.fill(tensors.get(head.biasKey()).values(), (float) Math.log(prior / (1 - prior)));
        }
        return new Weights(tensors);
    }

    /**
     * The weights of a state_dict. Keys that the network does not know are ignored.
     *
     * @param network the network
     * @param stateDict tensors by the network's names; a shared parameter may stand under several of them, equal
     * @return its weights
     * @throws IllegalArgumentException naming the first parameter that is missing, of another shape, or different
     *     under two of its names
     */
    public static Weights of(Network network, Map<String, FloatTensor> stateDict) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            tensors.put(parameter.name(), find(network, parameter, stateDict));
        }
        return new Weights(tensors);
    }

    /**
     * The weights of a state_dict of a related network, as far as they fit: a parameter that is missing there, or has
     * another shape, is taken from {@code rest}. So a deeper network starts from what a shallower one has learnt.
     *
     * @param network the network
     * @param stateDict tensors by the names of the related network
     * @param rest weights of {@code network} for what does not fit
     * @return its weights
     * @throws IllegalArgumentException if nothing fits, or a shared parameter is different under two of its names
     */
    public static Weights fitting(Network network, Map<String, FloatTensor> stateDict, Weights rest) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        int fitting = 0;
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            boolean fits = parameter.names().stream()
                    .map(stateDict::get)
                    .anyMatch(tensor -> tensor != null && tensor.shape().equals(parameter.shape()));
            fitting += fits ? 1 : 0;
            tensors.put(parameter.name(), fits ? find(network, parameter, stateDict) : rest.get(parameter.name()));
        }
        if (fitting == 0) {
            throw new IllegalArgumentException("no tensor among the weights has the name and shape of a parameter of "
                    + network.name() + ", whose first is \""
                    + tensors.keySet().iterator().next() + "\"");
        }
        return new Weights(tensors);
    }

    /**
     * The mean of weights of one network, element by element, running statistics included. Of trainings that went on from
     * one another or from the same weights it is a network of about their quality, and often a better one (Wortsman et al.,
     * "Model soups", ICML 2022); of others it is none.
     *
     * @param several weights of the same network, at least one
     * @return their mean
     * @throws IllegalArgumentException if there are none, or they are not of one network
     */
    public static Weights mean(List<Weights> several) {
        if (several.isEmpty()) {
            throw new IllegalArgumentException("no weights to take the mean of");
        }
        Weights first = several.get(0);
        if (several.stream().anyMatch(weights -> !weights.shapes().equals(first.shapes()))) {
            throw new IllegalArgumentException("weights of different networks have no mean");
        }
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        first.tensors.forEach((name, tensor) -> {
            float[] mean = new float[tensor.values().length];
            for (int i = 0; i < mean.length; i++) {
                double sum = 0;
                for (Weights weights : several) {
                    sum += weights.get(name).values()[i];
                }
                mean[i] = (float) (sum / several.size());
            }
            tensors.put(name, new FloatTensor(tensor.shape(), mean));
        });
        return new Weights(tensors);
    }

    private Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new HashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static FloatTensor find(Network network, Parameter parameter, Map<String, FloatTensor> stateDict) {
        List<String> present =
                parameter.names().stream().filter(stateDict::containsKey).toList();
        if (present.isEmpty()) {
            throw new IllegalArgumentException(
                    "no \"" + parameter.name() + "\" among the weights, which " + network.name() + " needs");
        }
        FloatTensor tensor = stateDict.get(present.get(0));
        if (!tensor.shape().equals(parameter.shape())) {
            throw new IllegalArgumentException("\"" + present.get(0) + "\" has shape " + tensor.shape() + ", "
                    + network.name() + " needs " + parameter.shape());
        }
        for (String name : present) {
            if (!Arrays.equals(tensor.values(), stateDict.get(name).values())) {
                throw new IllegalArgumentException("\"" + present.get(0) + "\" and \"" + name
                        + "\" are one shared parameter of " + network.name() + ", but their values differ");
            }
        }
        return tensor;
    }

    /**
     * Returns a tensor.
     *
     * @param name the name the parameter goes by ({@link Parameter#name()})
     * @return its values, not copied
     * @throws IllegalArgumentException if the network has no such parameter
     */
    public FloatTensor get(String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter goes by the name \"" + name + "\"");
        }
        return tensor;
    }

    /**
     * Returns all tensors.
     *
     * @return tensors by the name each parameter goes by, in the network's order; unmodifiable
     */
    public Map<String, FloatTensor> tensors() {
        return tensors;
    }
}
