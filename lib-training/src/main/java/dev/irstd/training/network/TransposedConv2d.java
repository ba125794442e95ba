package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution of stride 2 and padding 1 that doubles height and width; a kernel of 3 gets an output padding
 * of 1 for that, a kernel of 4 needs none.
 *
 * @param name its module path in the official code
 * @param in input channels
 * @param out output channels
 * @param kernel side length of the kernel, 3 or 4
 * @param bias whether a bias is added
 */
public record TransposedConv2d(String name, int in, int out, int kernel, boolean bias) implements Layer {
    /** Pixels of the output from one pixel of the input to the next. */
    public static final int STRIDE = 2;

    /** Pixels cut from each side of the output. */
    public static final int PADDING = 1;

    /** Checks the numbers. */
    public TransposedConv2d {
        if (in < 1 || out < 1 || kernel < 3 || kernel > 4) {
            throw new IllegalArgumentException("no transposed convolution " + name + " of " + in + " to " + out
                    + " channels with a kernel of " + kernel + " (channels from 1, kernel 3 or 4)");
        }
    }

    /**
     * Returns what is added below and at the right of the output.
     *
     * @return 1 for a kernel of 3, 0 for 4
     */
    public int outputPadding() {
        return 4 - kernel;
    }

    @Override
    public List<Parameter> parameters() {
        // PyTorch takes the second dimension for the inputs, here as everywhere.
        int fanIn = out * kernel * kernel;
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(
                new Parameter(List.of(weightKey()), List.of(in, out, kernel, kernel), fanIn, Role.TRANSPOSED_WEIGHT));
        if (bias) {
            parameters.add(new Parameter(List.of(biasKey()), List.of(out), fanIn, Role.BIAS));
        }
        return parameters;
    }

    /**
     * Returns the key of the weight.
     *
     * @return {@code name.weight}, shape [in, out, kernel, kernel]
     */
    public String weightKey() {
        return name + ".weight";
    }

    /**
     * Returns the key of the bias.
     *
     * @return {@code name.bias}, shape [out]; meaningless without bias
     */
    public String biasKey() {
        return name + ".bias";
    }
}
