package dev.irstd.benchmarks;

import java.util.List;
import java.util.ServiceLoader;

/** The peers of this class path. */
final class Peers {
    private Peers() {}

    static List<String> names() {
        return ServiceLoader.load(Peer.Factory.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(Peer.Factory::name)
                .toList();
    }

    /**
     * Finds a peer by its name.
     *
     * @throws IllegalArgumentException naming the known ones, if there is none such
     */
    static Peer.Factory named(String name) {
        return ServiceLoader.load(Peer.Factory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no peer is named \"" + name + "\"; on this class path are " + names()));
    }
}
