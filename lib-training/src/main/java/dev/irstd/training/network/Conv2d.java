package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A square convolution of stride 1 that keeps height and width by zero padding.
 *
 * @param names its module paths in the official code; several where one convolution is shared
 * @param in input channels
 * @param out output channels
 * @param kernel odd side length of the kernel
 * @param bias whether a bias is added
 */
public record Conv2d(List<String> names, int in, int out, int kernel, boolean bias) implements Layer {
    public Conv2d {
        names = List.copyOf(names);
        if (names.isEmpty() || in < 1 || out < 1 || kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("no convolution " + names + " of " + in + " to " + out
                    + " channels with a kernel of " + kernel + " (channels from 1, odd kernels)");
        }
    }

    /**
     * A convolution with bias.
     *
     * @param name its module path
     * @param in input channels
     * @param out output channels
     * @param kernel odd side length of the kernel
     * @return the layer
     */
    public static Conv2d of(String name, int in, int out, int kernel) {
        return new Conv2d(List.of(name), in, out, kernel, true);
    }

    /**
     * This convolution without bias.
     *
     * @return a copy
     */
    public Conv2d withoutBias() {
        return new Conv2d(names, in, out, kernel, false);
    }

    /**
     * Returns the zero padding on each side.
     *
     * @return {@code (kernel - 1) / 2}
     */
    public int padding() {
        return (kernel - 1) / 2;
    }

    @Override
    public List<Parameter> parameters() {
        int fanIn = in * kernel * kernel;
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(weight());
        if (bias) {
            parameters.add(new Parameter(keys("bias"), List.of(out), fanIn, Role.BIAS));
        }
        return parameters;
    }

    private Parameter weight() {
        return new Parameter(keys("weight"), List.of(out, in, kernel, kernel), in * kernel * kernel, Role.WEIGHT);
    }

    private List<String> keys(String member) {
        return names.stream().map(name -> name + "." + member).toList();
    }

    /**
     * Returns the key of the weight.
     *
     * @return the name it goes by, shape [out, in, kernel, kernel]
     */
    public String weightKey() {
        return names.get(0) + ".weight";
    }

    /**
     * Returns the key of the bias.
     *
     * @return the name it goes by, shape [out]; meaningless without bias
     */
    public String biasKey() {
        return names.get(0) + ".bias";
    }
}
