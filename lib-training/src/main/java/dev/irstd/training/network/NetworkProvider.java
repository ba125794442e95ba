package dev.irstd.training.network;

import java.util.Map;
import java.util.function.IntFunction;

/**
 * Adds networks to those that {@link Networks} finds by name. Name the implementation, which needs a public constructor
 * without arguments, in {@code META-INF/services/dev.irstd.training.network.NetworkProvider} or in a module's
 * {@code provides} (see {@link java.util.ServiceLoader}).
 */
public interface NetworkProvider {
    /**
     * Lists the networks.
     *
     * @return by name, how to make the network for a number of input channels (1 or 3), refusing by an
     *     {@link IllegalArgumentException} what it does not take; the names are those that the networks give themselves,
     *     none of them in use by another, and are listed in the order of this map
     */
    Map<String, IntFunction<Network>> networks();
}
