package dev.irstd.examples;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkProvider;
import java.util.Map;
import java.util.function.IntFunction;

/** Makes {@link RecurrentNetwork} known by name. */
public final class MyNetworks implements NetworkProvider {
    @Override
    public Map<String, IntFunction<Network>> networks() {
        return Map.of("Recurrent-8", RecurrentNetwork::new);
    }
}
