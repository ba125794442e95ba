package dev.irstd.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The networks by the names people know them by, each with one input channel. */
public final class Networks {
    private static final Map<String, Supplier<Network>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("RRCANet-10", RRCANet::rrcanet10);
        BY_NAME.put("RRCANet-18", RRCANet::rrcanet18);
        BY_NAME.put("RRCANet-34", RRCANet::rrcanet34);
    }

    private Networks() {}

    /**
     * Returns the known names.
     *
     * @return the names in the order of the documentation
     */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * Finds a network.
     *
     * @param name one of {@link #names()}
     * @return the network
     * @throws IllegalArgumentException naming the known ones, if there is no such network
     */
    public static Network named(String name) {
        Supplier<Network> network = BY_NAME.get(name);
        if (network == null) {
            throw new IllegalArgumentException("no network is named \"" + name + "\"; known are " + names());
        }
        return network.get();
    }
}
