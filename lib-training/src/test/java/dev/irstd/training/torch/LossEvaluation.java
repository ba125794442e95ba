package dev.irstd.training.torch;

import dev.irstd.loss.LossValue;
import dev.irstd.training.weights.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

import static org.assertj.core.api.Assertions.assertThat;

/** A loss with its gradient for each output of a network; all 0 for outputs that it does not depend on. */
record LossEvaluation(double value, List<double[]> gradients) {
    /** Of values. */
    static final double TOLERANCE = 1e-6;

    private static final double GRADIENT_TOLERANCE = 1e-5;

    static LossEvaluation of(TrainingLoss loss, List<FloatTensor> outputs, FloatTensor images, FloatTensor masks) {
        TorchSession.configure(1);
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> tensors = outputs.stream()
                    .map(output -> TorchWeights.tensor(output).requires_grad_(true))
                    .toList();
            Tensor value = TorchLosses.of(loss, tensors, TorchWeights.tensor(images), TorchWeights.tensor(masks));
            value.backward();
            return new LossEvaluation(
                    value.item_float(),
                    tensors.stream().map(LossEvaluation::gradient).toList());
        }
    }

    private static double[] gradient(Tensor output) {
        Tensor gradient = output.grad();
        return gradient.defined() ? doubles(TorchWeights.plain(gradient).values()) : new double[(int) output.numel()];
    }

    static void assertClose(String name, LossValue actual, LossValue expected) {
        assertThat(actual.value())
                .as(name)
                .isCloseTo(expected.value(), Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected.value()))));
        assertClose(name, actual.gradient(), expected.gradient());
    }

    /**
     * The gradients of float32 are sums of rounded terms: their error goes with the largest. Where all are tiny, because
     * p(1 - p) is, the rounding of p itself shows.
     */
    static void assertClose(String name, double[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double distance = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                .max()
                .orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(distance).as(name + ": gradient").isLessThanOrEqualTo(GRADIENT_TOLERANCE * largest + 1e-9);
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
