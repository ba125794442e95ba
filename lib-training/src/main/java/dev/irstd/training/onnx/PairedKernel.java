package dev.irstd.training.onnx;

import dev.irstd.training.weights.FloatTensor;
import java.util.List;

/**
 * A kernel of stride 1 that keeps height and width, for images whose pixels lie in pairs before it, after it or both. It
 * holds the kernel's weights several times over, and zeros where a pair holds pixels that the kernel does not see.
 *
 * @param plain the kernel for plain images; its width is odd
 * @param from layout of its input
 * @param parts channels of the images that its input was stacked of, each in pairs
 * @param to layout of its output; not plain unless the input is
 */
record PairedKernel(Kernel plain, Layout from, List<Integer> parts, Layout to) {
    Kernel kernel() {
        int in = from.pixels() * plain.in();
        int width = last() - first() + 1;
        float[] weights = new float[to.pixels() * plain.out() * in * plain.height() * width];
        double[] factors = new double[to.pixels() * plain.out()];
        double[] bias = new double[factors.length];
        for (int target = 0; target < to.pixels(); target++) {
            System.arraycopy(plain.factors(), 0, factors, target * plain.out(), plain.out());
            System.arraycopy(plain.bias(), 0, bias, target * plain.out(), plain.out());
            for (int source = 0; source < from.pixels(); source++) {
                for (int tap = 0; tap < plain.width(); tap++) {
                    int distance = distance(target, source, tap);
                    if (distance % from.pixels() == 0) {
                        copy(tap, target, source, distance / from.pixels() - first(), width, weights);
                    }
                }
            }
        }
        List<Integer> shape = List.of(bias.length, in, plain.height(), width);
        String input = parts.size() == 1 ? "" : parts + " ";
        String name = plain.name() + ", " + input + from + " to " + to;
        return new Kernel(name, new FloatTensor(shape, weights), factors, bias);
    }

    /** Copies a column of the plain kernel's. */
    private void copy(int tap, int target, int source, int column, int width, float[] weights) {
        int in = from.pixels() * plain.in();
        for (int out = 0; out < plain.out(); out++) {
            for (int channel = 0; channel < plain.in(); channel++) {
                int to = (target * plain.out() + out) * in + position(source, channel);
                int from = out * plain.in() + channel;
                for (int row = 0; row < plain.height(); row++) {
                    weights[(to * plain.height() + row) * width + column] =
                            plain.weights().values()[(from * plain.height() + row) * plain.width() + tap];
                }
            }
        }
    }

    /** Where the input has a channel of a pair's pixel. */
    private int position(int pixel, int channel) {
        int before = 0;
        for (int part : parts) {
            if (channel < before + part) {
                return from.pixels() * before + pixel * part + channel - before;
            }
            before += part;
        }
        throw new IllegalArgumentException(plain.name() + ": no channel " + channel + " in " + parts);
    }

    /** How many pixels right of the input's pixel 0 lies what pixel {@code target} of the output's first pair sees. */
    private int distance(int target, int source, int tap) {
        int toTap = tap - (plain.width() - 1) / 2;
        return target - to.before() + toTap - source + from.before();
    }

    private int first() {
        return -Math.floorDiv(-distance(0, from.pixels() - 1, 0), from.pixels());
    }

    private int last() {
        return Math.floorDiv(distance(to.pixels() - 1, 0, plain.width() - 1), from.pixels());
    }

    int stride() {
        return to.pixels() / from.pixels();
    }

    int padLeft() {
        return -first();
    }

    int padRight() {
        int widening = 2 * (to.before() - from.before()) / from.pixels();
        return widening + last() + 1 - stride();
    }
}
