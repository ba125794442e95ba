package dev.irstd.training.network;

import dev.irstd.Geometry;
import java.util.Collection;
import java.util.List;

/**
 * What a network is made of and costs.
 *
 * <p>Papers seldom give the multiplications that a network executes. {@code macsOnce} counts each module once, however
 * often it runs (with the size of its last run); {@code macsAsPapersCount} adds the outputs of biased convolutions, twice
 * the inputs of normalisations, the inputs of ReLUs and pools and the outputs of upsamplings.
 *
 * @param layers the layers with parameters, each once, in the order of their first use; those that the official code
 *     declares and never uses come last
 * @param macs multiplications of all convolutions and linear layers as often as they run, batch 1
 * @param macsOnce the same with each module counted once
 * @param macsAsPapersCount the figure that papers print as FLOPs
 */
public record NetworkSummary(List<Layer> layers, long macs, long macsOnce, long macsAsPapersCount) {
    /** Copies the layers. */
    public NetworkSummary {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a network for an input size.
     *
     * @param network the network
     * @param width input width, which the network's geometry accepts
     * @param height input height, likewise
     * @return its summary
     * @throws IllegalStateException if the network's channels or sizes do not fit together
     */
    public static NetworkSummary of(Network network, int width, int height) {
        OperationCounter counter = new OperationCounter();
        network.forward(counter, OperationCounter.Shape.input(network.inputChannels(), height, width));
        network.unused().forEach(counter::collect);
        return new NetworkSummary(counter.layers(), counter.macs(), counter.macsOnce(), counter.macsAsPapersCount());
    }

    /**
     * Lists the parameters of a network, which are the same whatever the input size.
     *
     * @param network the network
     * @return its parameters, running statistics included, each once, in the order of their first use
     */
    public static List<Parameter> parametersOf(Network network) {
        Geometry geometry = network.geometry();
        if (geometry instanceof Geometry.Resize size) {
            return of(network, size.width(), size.height()).parameters();
        }
        int smallest = ((Geometry.PadToMultiple) geometry).multiple();
        return of(network, smallest, smallest).parameters();
    }

    /**
     * Returns every parameter, running statistics included.
     *
     * @return the parameters, each once
     */
    public List<Parameter> parameters() {
        return layers.stream()
                .map(Layer::parameters)
                .flatMap(Collection::stream)
                .toList();
    }

    /**
     * Counts the trained scalars.
     *
     * @return the number that papers call parameters; what is shared counts once
     */
    public long parameterCount() {
        return parameters().stream()
                .filter(parameter -> parameter.role().trained())
                .mapToLong(Parameter::size)
                .sum();
    }
}
