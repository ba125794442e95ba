package dev.irstd.training.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.IntFunction;

/**
 * The networks by the names people know them by: this project's, then those of every {@link NetworkProvider}.
 *
 * <p>Providers are looked up anew in each call, by the class loader of the calling thread's context.
 */
public final class Networks {
    private static final Map<String, IntFunction<Network>> OWN = new LinkedHashMap<>();

    static {
        OWN.put("RRCANet", RRCANet.rrcanet18()::withInputChannels);
        OWN.put("RRCANet-ResNet10", RRCANet.rrcanet10()::withInputChannels);
        OWN.put("RRCANet-ResNet34", RRCANet.rrcanet34()::withInputChannels);
        OWN.put("ResUNet", ResUNet.standard()::withInputChannels);
        OWN.put("ResUNet+RuCB", ResUNetRuCB.standard()::withInputChannels);
        OWN.put("AMFU", AMFUNet.standard()::withInputChannels);
        OWN.put("AMFU+RuCB", AMFUNetRuCB.standard()::withInputChannels);
        OWN.put("DNANet", DNANet.standard()::withInputChannels);
        OWN.put("DNANet+RuCB", DNANetRuCB.standard()::withInputChannels);
        OWN.put("ACM", ACM.standard()::withInputChannels);
        OWN.put("ALCNet", ALCNet.standard()::withInputChannels);
        OWN.put("UIUNet", UIUNet.standard()::withInputChannels);
        OWN.put("LW-IRSTNet", LWIRSTNet.standard()::withInputChannels);
        OWN.put("DCONet", channels -> grey(DCONet.standard(), channels));
        OWN.put("LPNetGA", channels -> grey(LPNetGA.standard(), channels));
    }

    private Networks() {}

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
     * @throws IllegalStateException if a provider gives a name that is taken
     */
    public static List<String> names() {
        return List.copyOf(byName().keySet());
    }

    /**
     * Finds a network with one input channel.
     *
     * @param name one of {@link #names()}
     * @return the network
     * @throws IllegalArgumentException naming the known ones, if there is no such network
     * @throws IllegalStateException if a provider gives a name that is taken
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
     * @throws IllegalArgumentException naming the known ones, if there is no such network; naming the network, if it
     *     does not take so many channels
     * @throws IllegalStateException if a provider gives a name that is taken
     */
    public static Network named(String name, int inputChannels) {
        Map<String, IntFunction<Network>> byName = byName();
        IntFunction<Network> network = byName.get(name);
        if (network == null) {
            throw new IllegalArgumentException(
                    "no network is named \"" + name + "\"; known are " + List.copyOf(byName.keySet()));
        }
        return network.apply(inputChannels);
    }

    private static Map<String, IntFunction<Network>> byName() {
        return byName(ServiceLoader.load(NetworkProvider.class));
    }

    static Map<String, IntFunction<Network>> byName(Iterable<NetworkProvider> providers) {
        Map<String, IntFunction<Network>> byName = new LinkedHashMap<>(OWN);
        for (NetworkProvider provider : providers) {
            provider.networks().forEach((name, network) -> {
                if (byName.putIfAbsent(name, network) != null) {
                    throw new IllegalStateException("the network \"" + name + "\" of "
                            + provider.getClass().getName() + " has the name of another; give it one of its own");
                }
            });
        }
        return Collections.unmodifiableMap(byName);
    }
}
