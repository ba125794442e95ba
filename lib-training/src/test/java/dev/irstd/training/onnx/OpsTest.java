package dev.irstd.training.onnx;

import dev.irstd.Geometry;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.ChannelScale;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Linear;
import dev.irstd.training.network.MaxPool;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.network.Over;
import dev.irstd.training.network.PRelu;
import dev.irstd.training.network.TransposedConv2d;
import dev.irstd.training.network.Upsample;
import dev.irstd.training.network.Windows;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Each operation alone: PyTorch and ONNX Runtime agree, for free batch, height and width. */
class OpsTest {
    private static final Windows WINDOWS = new Windows(8, 2, 6, 3);

    /** Some operations on an image of three channels. */
    interface Program {
        Object apply(Ops<Object> ops, Object x);
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                program("conv", (ops, x) -> ops.conv(Conv2d.of("layer", 3, 5, 3), x)),
                program(
                        "conv 5x1",
                        (ops, x) -> ops.conv(Conv2d.of("layer", 3, 5, 1).withKernel(5, 1), x)),
                program(
                        "conv of stride 2",
                        (ops, x) -> ops.conv(Conv2d.of("layer", 3, 5, 3).withStride(2), x)),
                program(
                        "conv 2x2 of stride 2",
                        (ops, x) -> ops.conv(Conv2d.of("layer", 3, 5, 2).withStride(2), x)),
                program(
                        "dilated conv",
                        (ops, x) -> ops.conv(Conv2d.of("layer", 3, 5, 3).withDilation(2), x)),
                program("depthwise conv", (ops, x) -> ops.conv(Conv2d.depthwise("layer", 3, 1, 3), x)),
                program("transposed conv 3", (ops, x) -> ops.transposedConv(transposed(3, true), x)),
                program("transposed conv 4", (ops, x) -> ops.transposedConv(transposed(4, false), x)),
                program("linear", (ops, x) -> ops.linear(new Linear("layer", 3, 5), x)),
                program("batch norm", (ops, x) -> ops.batchNorm(new BatchNorm("layer", 3), x)),
                program("instance norm", (ops, x) -> ops.instanceNorm(new BatchNorm("layer", 3), x)),
                program("channel scale", (ops, x) -> ops.channelScale(new ChannelScale("layer", 3), x)),
                program("relu", Ops::relu),
                program("prelu", (ops, x) -> ops.prelu(new PRelu("layer"), x)),
                program("gelu", Ops::gelu),
                program("sigmoid", Ops::sigmoid),
                program("tanh", Ops::tanh),
                program("softmax", Ops::softmax),
                program("dropout", (ops, x) -> ops.dropChannels(0.5, ops.dropout(0.5, x))),
                program("max pool", (ops, x) -> ops.maxPool(MaxPool.by("pool", 3), x)),
                program(
                        "max pool with edges",
                        (ops, x) -> ops.maxPool(MaxPool.by("pool", 3).keepingEdges(), x)),
                program("max pool 3x3 of stride 2", (ops, x) -> ops.maxPool(overlapping(), x)),
                program("upsample, aligned", (ops, x) -> ops.upsample(Upsample.aligned("up", 4), x)),
                program("upsample", (ops, x) -> ops.upsample(Upsample.bilinear("up", 4), x)),
                program("upsample, nearest", (ops, x) -> ops.upsample(Upsample.nearest("up", 2), x)),
                program("halve an even size", (ops, x) -> ops.halve(even(ops, x))),
                program("halve an odd size", (ops, x) -> ops.halve(ops.upsample(Upsample.nearest("up", 3), x))),
                program("resize like", (ops, x) -> ops.resizeLike(ops.maxPool(MaxPool.by("pool", 3), x), x)),
                program("mean over channels", (ops, x) -> ops.mean(Over.CHANNELS, x)),
                program("mean over pixels", (ops, x) -> ops.mean(Over.PIXELS, x)),
                program("max over channels", (ops, x) -> ops.max(Over.CHANNELS, x)),
                program("max over pixels", (ops, x) -> ops.max(Over.PIXELS, x)),
                program("sum over channels", (ops, x) -> ops.sum(Over.CHANNELS, x)),
                program("sum over pixels", (ops, x) -> ops.sum(Over.PIXELS, x)),
                program("normalize over channels", (ops, x) -> ops.normalize(Over.CHANNELS, x)),
                program("normalize over pixels", (ops, x) -> ops.normalize(Over.PIXELS, x)),
                program("normalize zeros", (ops, x) -> ops.normalize(Over.PIXELS, ops.times(0, x))),
                program("concat", (ops, x) -> ops.concat(List.of(x, ops.tanh(x)))),
                program("interleave", (ops, x) -> ops.interleave(List.of(x, ops.tanh(x)))),
                program("select", (ops, x) -> ops.select(List.of(2, 0), x)),
                program("append zeros", (ops, x) -> ops.appendZeros(2, x)),
                program("channels to batch", (ops, x) -> ops.channelsToBatch(1, x)),
                program("batch to channels", (ops, x) -> ops.batchToChannels(3, ops.channelsToBatch(1, x))),
                program("add a channel", (ops, x) -> ops.add(x, ops.mean(Over.CHANNELS, x))),
                program("sub a pixel", (ops, x) -> ops.sub(x, ops.mean(Over.PIXELS, x))),
                program("mul", (ops, x) -> ops.mul(x, ops.tanh(x))),
                program("div", (ops, x) -> ops.div(x, ops.plus(1, ops.mul(x, x)))),
                program("times", (ops, x) -> ops.times(-2.5, x)),
                program("plus", (ops, x) -> ops.plus(-2.5, x)),
                program("attention", (ops, x) -> ops.linearAttention(x, ops.tanh(x), ops.appendZeros(1, x))));
    }

    static Stream<Arguments> programsOfSquares() {
        return Stream.of(
                program("cut", (ops, x) -> ops.cut(WINDOWS, x)),
                program("assemble", (ops, x) -> ops.assemble(WINDOWS, ops.cut(WINDOWS, x))));
    }

    private static Arguments program(String name, Program program) {
        return arguments(name, program);
    }

    private static Object even(Ops<Object> ops, Object x) {
        return ops.upsample(Upsample.nearest("up", 2), x);
    }

    private static TransposedConv2d transposed(int kernel, boolean bias) {
        return new TransposedConv2d("layer", 3, 5, kernel, bias);
    }

    private static MaxPool overlapping() {
        return new MaxPool("pool", 3, 2, 1, MaxPool.Edge.DROP);
    }

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void readersAgree(String name, Program program) {
        requireAgreement(network(1, program), Tensors.noise(1, 1, 3, 7, 9));
        requireAgreement(network(1, program), Tensors.noise(2, 3, 3, 11, 6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programsOfSquares")
    void readersAgreeOnSquares(String name, Program program) {
        requireAgreement(network(8, program), Tensors.noise(1, 1, 3, 8, 8));
        requireAgreement(network(8, program), Tensors.noise(2, 3, 3, 8, 8));
    }

    private static void requireAgreement(Network network, FloatTensor image) {
        Weights weights = RandomWeights.of(network, 3);
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            FloatTensor torch = session.logits(image).get(0);
            for (Rewriting rewriting : Rewriting.values()) {
                FloatTensor onnx =
                        Onnx.outputs(network, weights, rewriting, image).get(0);
                assertThat(Tensors.distance(torch, onnx))
                        .as("rewriting %s", rewriting)
                        .isLessThan(1e-5);
            }
        }
    }

    /** Windows that overlap add up: a pixel comes back as often as windows cover it. */
    @Test
    void assembledWindowsAddUp() {
        FloatTensor image = Tensors.noise(1, 1, 3, 8, 8);
        Network network = network(8, (ops, x) -> ops.assemble(WINDOWS, ops.cut(WINDOWS, x)));
        Weights weights = RandomWeights.of(network, 3);
        float[] expected = new float[image.values().length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = image.values()[i] * covers(i / 8 % 8) * covers(i % 8);
        }
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            FloatTensor sums = session.logits(image).get(0);
            assertThat(Tensors.distance(sums, new FloatTensor(image.shape(), expected)))
                    .isLessThan(1e-5);
        }
    }

    /** Windows begin at -2, 1 and 4 and are 6 long. */
    private static long covers(int position) {
        return Stream.of(-2, 1, 4)
                .filter(begin -> begin <= position && position < begin + 6)
                .count();
    }

    static Network network(int multiple, Program program) {
        return new Network() {
            @Override
            public String name() {
                return "of one operation";
            }

            @Override
            public int inputChannels() {
                return 3;
            }

            @Override
            public Geometry geometry() {
                return new Geometry.PadToMultiple(multiple);
            }

            @Override
            public List<Conv2d> heads() {
                return List.of();
            }

            /** The value types of all readers are the same to a program. A prediction has one channel. */
            @Override
            @SuppressWarnings("unchecked")
            public <T> List<T> forward(Ops<T> ops, T image) {
                return List.of((T) program.apply((Ops<Object>) ops, image), ops.mean(Over.CHANNELS, image));
            }
        };
    }
}
