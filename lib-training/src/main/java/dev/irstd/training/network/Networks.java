package dev.irstd.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.IntFunction;

/** The networks by the names people know them by: this project's, then those of every {@link NetworkProvider}. */
public final class Networks {
    private static final Map<String, IntFunction<Network>> BY_NAME = new LinkedHashMap<>();

    static {
        add("RRCANet", channels -> RRCANet.rrcanet18().withInputChannels(channels));
        add("RRCANet-ResNet10", channels -> RRCANet.rrcanet10().withInputChannels(channels));
        add("RRCANet-ResNet34", channels -> RRCANet.rrcanet34().withInputChannels(channels));
        add("DCONet", channels -> grey(DCONet.standard(), channels));
        add("LPNetGA", channels -> grey(LPNetGA.standard(), channels));
        ServiceLoader.load(NetworkProvider.class)
                .forEach(provider -> provider.networks().forEach(Networks::add));
    }

    private Networks() {}

    private static void add(String name, IntFunction<Network> network) {
        if (BY_NAME.putIfAbsent(name, network) != null) {
            throw new IllegalStateException("two networks are named \"" + name + "\"");
        }
    }

    private static Network grey(Network network, int inputChannels) {
        if (inputChannels != network.inputChannels()) {
            throw new IllegalArgumentException(
                    network.name() + " takes grey images of 1 channel alone, not " + inputChannels);
        }
        return network;
    }

    /**
     * Returns the known names.
     *
     * @return the names in the order of the documentation
     */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * Finds a network with one input channel.
     *
     * @param name one of {@link #names()}
     * @return the network
     * @throws IllegalArgumentException naming the known ones, if there is no such network
     */
    public static Network named(String name) {
        return named(name, 1);
    }

    /**
     * Finds a network.
     *
     * @param name one of {@link #names()}
     * @param inputChannels 1 for grey, 3 for grey replicated
     * @return the network
     * @throws IllegalArgumentException naming the known ones, if there is no such network; naming the network, if it does not
     *     take so many channels
     */
    public static Network named(String name, int inputChannels) {
        IntFunction<Network> network = BY_NAME.get(name);
        if (network == null) {
            throw new IllegalArgumentException("no network is named \"" + name + "\"; known are " + names());
        }
        return network.apply(inputChannels);
    }
}
