package dev.irstd.loss;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;

/** Derivatives by finite differences, which know nothing of our gradients. */
final class Slope {
    private static final FiniteDifferencesDifferentiator DIFFERENTIATOR = new FiniteDifferencesDifferentiator(7, 1e-3);

    private Slope() {}

    /** The derivative of a loss at {@code start} along {@code direction}. */
    static double along(double[] start, double[] direction, ToDoubleFunction<double[]> loss) {
        return DIFFERENTIATOR
                .differentiate((double step) -> loss.applyAsDouble(moved(start, direction, step)))
                .value(new DerivativeStructure(1, 1, 0, 0.0))
                .getPartialDerivative(1);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] moved(double[] start, double[] direction, double step) {
        double[] moved = start.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }
}
