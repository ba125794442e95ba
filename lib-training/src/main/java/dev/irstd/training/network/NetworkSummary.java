package dev.irstd.training.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network is made of and costs.
 *
 * @param layers the layers with parameters, each once, in the order of their first use
 * @param macs multiplications of all convolutions as often as they run, batch 1
 * @param macsOnce the same with each shared convolution counted once, as papers often do
 */
public record NetworkSummary(List<Layer> layers, long macs, long macsOnce) {
    public NetworkSummary {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a network for an input size.
     *
     * @param network the network
     * @param width input width, a multiple of {@link Network#sizeMultiple()}
     * @param height input height, likewise
     * @return its summary
     * @throws IllegalStateException if the network's channels or sizes do not fit together
     */
    public static NetworkSummary of(Network network, int width, int height) {
        Counter counter = new Counter();
        network.forward(counter, new Shape(network.inputChannels(), height, width));
        return new NetworkSummary(List.copyOf(counter.layers.values()), counter.macs, counter.macsOnce);
    }

    /**
     * Lists the parameters of a network, which are the same whatever the input size.
     *
     * @param network the network
     * @return its parameters, running statistics included, each once, in the order of their first use
     */
    public static List<Parameter> parametersOf(Network network) {
        int size = network.sizeMultiple();
        return of(network, size, size).parameters();
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

    private record Shape(int channels, int height, int width) {
        Shape withChannels(int channels) {
            return new Shape(channels, height, width);
        }

        Shape withSize(int height, int width) {
            return new Shape(channels, height, width);
        }
    }

    private static final class Counter implements Ops<Shape> {
        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private long macs;
        private long macsOnce;

        @Override
        public Shape conv(Conv2d conv, Shape x) {
            require(x.channels() == conv.in(), conv, x);
            long cost = (long) conv.in() * conv.out() * conv.kernel() * conv.kernel() * x.height() * x.width();
            macs += cost;
            Layer known = layers.putIfAbsent(conv.names().get(0), conv);
            if (known == null) {
                macsOnce += cost;
            } else {
                require(known.equals(conv), conv, known);
            }
            return x.withChannels(conv.out());
        }

        @Override
        public Shape batchNorm(BatchNorm norm, Shape x) {
            require(x.channels() == norm.channels(), norm, x);
            Layer known = layers.putIfAbsent(norm.name(), norm);
            if (known != null) {
                require(known.equals(norm), norm, known);
            }
            return x;
        }

        @Override
        public Shape relu(Shape x) {
            return x;
        }

        @Override
        public Shape sigmoid(Shape x) {
            return x;
        }

        @Override
        public Shape maxPool2(Shape x) {
            return x.withSize(x.height() / 2, x.width() / 2);
        }

        @Override
        public Shape upsample2(Shape x) {
            return x.withSize(x.height() * 2, x.width() * 2);
        }

        @Override
        public Shape globalAvgPool(Shape x) {
            return x.withSize(1, 1);
        }

        @Override
        public Shape globalMaxPool(Shape x) {
            return x.withSize(1, 1);
        }

        @Override
        public Shape concat(List<Shape> xs) {
            Shape first = xs.get(0);
            for (Shape x : xs) {
                require(x.withChannels(first.channels()).equals(first), first, x);
            }
            return first.withChannels(xs.stream().mapToInt(Shape::channels).sum());
        }

        @Override
        public Shape add(Shape a, Shape b) {
            require(a.equals(b), a, b);
            return a;
        }

        @Override
        public Shape mul(Shape a, Shape b) {
            require(a.equals(b) || b.equals(a.withSize(1, 1)), a, b);
            return a;
        }

        private static void require(boolean fits, Object a, Object b) {
            if (!fits) {
                throw new IllegalStateException(a + " does not fit " + b);
            }
        }
    }
}
