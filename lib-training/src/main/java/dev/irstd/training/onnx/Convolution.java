package dev.irstd.training.onnx;

import dev.irstd.training.network.Conv2d;
import java.util.List;

/** A convolution, into which folds what follows it. */
final class Convolution extends Value {
    /** Of images whose pixels are put into pairs. */
    static final int CHANNELS_IN_PAIRS = 8;

    private final Conv2d conv;
    private final Kernel kernel;
    private final Value x;

    Convolution(Canvas canvas, Extent extent, Conv2d conv, Kernel kernel, Value x) {
        super(canvas, extent, List.of(x));
        this.conv = conv;
        this.kernel = kernel;
        this.x = x;
    }

    Kernel kernel() {
        return kernel;
    }

    Convolution with(Kernel folded) {
        return new Convolution(canvas(), extent(), conv, folded, x);
    }

    @Override
    boolean comesInPairs() {
        boolean same = conv.stride() == 1
                && conv.dilation() == 1
                && conv.groups() == 1
                && conv.kernelHeight() % 2 == 1
                && conv.kernelWidth() % 2 == 1;
        boolean narrow = x.inPairs()
                ? conv.out() <= CHANNELS_IN_PAIRS
                : conv.out() == CHANNELS_IN_PAIRS && (conv.kernelWidth() > 1 || conv.in() < CHANNELS_IN_PAIRS);
        return same && narrow && canvas().hasPairs(extent());
    }

    /**
     * Whether a ReLU of this can be shifted at no cost: two pairs hold all that three columns of pixels see if one side is
     * shifted against the other.
     */
    boolean shiftsBeforeRelu() {
        return inPairs() && conv.kernelWidth() == 3 && source() != Layout.SHIFTED_PAIRS;
    }

    private Layout source() {
        if (!x.inPairs()) {
            return Layout.PLAIN;
        }
        boolean shifted = conv.kernelWidth() == 3 && x.shifts() && !x.isWritten(Layout.PAIRS);
        return shifted ? Layout.SHIFTED_PAIRS : Layout.PAIRS;
    }

    /** Shifted pairs, which nothing but a ReLU may ask for, are not zero outside of the image. */
    @Override
    String write(Layout layout) {
        return layout == Layout.PLAIN
                ? canvas().describe(
                                canvas().convolve(kernel, x.plain(), OnnxOps.attributes(conv)), extent(), Layout.PLAIN)
                : canvas().convolve(kernel, x, source(), layout);
    }
}
