package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution with zero padding of {@code dilation * (kernel - 1) / 2}, rounded down: at stride 1 an odd kernel keeps
 * height and width.
 *
 * @param names its module paths in the official code; several where one convolution is shared
 * @param in input channels
 * @param out output channels
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride pixels from one output to the next
 * @param dilation pixels from one tap of the kernel to the next
 * @param groups groups of channels that see only each other; divides {@code in} and {@code out}
 * @param bias whether a bias is added
 */
public record Conv2d(
        List<String> names,
        int in,
        int out,
        int kernelHeight,
        int kernelWidth,
        int stride,
        int dilation,
        int groups,
        boolean bias)
        implements Layer {
    /** Checks the numbers and copies the names. */
    public Conv2d {
        names = List.copyOf(names);
        boolean positive =
                in > 0 && out > 0 && kernelHeight > 0 && kernelWidth > 0 && stride > 0 && dilation > 0 && groups > 0;
        if (names.isEmpty() || !positive || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException("no convolution " + names + " of " + in + " to " + out
                    + " channels in " + groups + " group(s) with a kernel of " + kernelHeight + "x" + kernelWidth
                    + ", stride " + stride + ", dilation " + dilation + " (all from 1, groups divide the channels)");
        }
    }

    /**
     * A convolution of stride 1 with a square kernel and bias.
     *
     * @param name its module path
     * @param in input channels
     * @param out output channels
     * @param kernel side length of the kernel
     * @return the layer
     */
    public static Conv2d of(String name, int in, int out, int kernel) {
        return shared(List.of(name), in, out, kernel);
    }

    /**
     * A convolution that goes by several names, as in {@link #of}.
     *
     * @param names its module paths
     * @param in input channels
     * @param out output channels
     * @param kernel side length of the kernel
     * @return the layer
     */
    public static Conv2d shared(List<String> names, int in, int out, int kernel) {
        return new Conv2d(names, in, out, kernel, kernel, 1, 1, 1, true);
    }

    /**
     * A convolution that sees each channel alone, of stride 1 with bias.
     *
     * @param name its module path
     * @param channels channels of input and output
     * @param kernelHeight rows of the kernel
     * @param kernelWidth columns of the kernel
     * @return the layer
     */
    public static Conv2d depthwise(String name, int channels, int kernelHeight, int kernelWidth) {
        return new Conv2d(List.of(name), channels, channels, kernelHeight, kernelWidth, 1, 1, channels, true);
    }

    /**
     * This convolution with another kernel.
     *
     * @param height rows
     * @param width columns
     * @return a copy
     */
    public Conv2d withKernel(int height, int width) {
        return new Conv2d(names, in, out, height, width, stride, dilation, groups, bias);
    }

    /**
     * This convolution with another stride.
     *
     * @param stride pixels from one output to the next
     * @return a copy
     */
    public Conv2d withStride(int stride) {
        return new Conv2d(names, in, out, kernelHeight, kernelWidth, stride, dilation, groups, bias);
    }

    /**
     * This convolution with another dilation.
     *
     * @param dilation pixels from one tap of the kernel to the next
     * @return a copy
     */
    public Conv2d withDilation(int dilation) {
        return new Conv2d(names, in, out, kernelHeight, kernelWidth, stride, dilation, groups, bias);
    }

    /**
     * This convolution without bias.
     *
     * @return a copy
     */
    public Conv2d withoutBias() {
        return new Conv2d(names, in, out, kernelHeight, kernelWidth, stride, dilation, groups, false);
    }

    /**
     * Returns the zero padding above and below.
     *
     * @return rows
     */
    public int paddingHeight() {
        return dilation * (kernelHeight - 1) / 2;
    }

    /**
     * Returns the zero padding on the left and right.
     *
     * @return columns
     */
    public int paddingWidth() {
        return dilation * (kernelWidth - 1) / 2;
    }

    @Override
    public List<Parameter> parameters() {
        int fanIn = in / groups * kernelHeight * kernelWidth;
        List<Integer> shape = List.of(out, in / groups, kernelHeight, kernelWidth);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(keys("weight"), shape, fanIn, Role.WEIGHT));
        if (bias) {
            parameters.add(new Parameter(keys("bias"), List.of(out), fanIn, Role.BIAS));
        }
        return parameters;
    }

    private List<String> keys(String member) {
        return names.stream().map(name -> name + "." + member).toList();
    }

    @Override
    public String name() {
        return names.get(0);
    }

    /**
     * Returns the key of the weight.
     *
     * @return the name it goes by, shape [out, in / groups, kernel height, kernel width]
     */
    public String weightKey() {
        return name() + ".weight";
    }

    /**
     * Returns the key of the bias.
     *
     * @return the name it goes by, shape [out]; meaningless without bias
     */
    public String biasKey() {
        return name() + ".bias";
    }
}
