package dev.irstd.loss;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withPrecision;

class DcoNetLossTest {

    @Test
    void addsATenthOfTheSquaredError() {
        // Undecided pixels: SoftIoU 1 - (1/2 + 1) / (1 + 1 - 1/2 + 1); errors 0.5 and -0.1
        TwoPartLossValue loss = new DcoNetLoss(2)
                .at(new double[2], new double[] {1, 0}, new double[] {0.75, 0.4}, new double[] {0.25, 0.5});

        assertThat(loss.value()).isEqualTo(1 - 1.5 / 2.5 + 0.1 * (0.25 + 0.01) / 2, withPrecision(1e-15));
        assertThat(loss.second().gradient()).containsExactly(new double[] {0.05, -0.01}, withPrecision(1e-15));
    }

    @Property(tries = 100)
    void gradientsAreTheDerivativesAlongAnyDirection(@ForAll long seed) {
        Random random = new Random(seed);
        DcoNetLoss loss = new DcoNetLoss(8);
        double[] logits = random.doubles(24, -4, 4).toArray();
        double[] target = random.doubles(24).map(Math::round).toArray();
        double[] reconstruction = random.doubles(24, -0.5, 1.5).toArray();
        double[] image = random.doubles(24).toArray();
        double[] direction = random.doubles(24, -1, 1).toArray();

        TwoPartLossValue value = loss.at(logits, target, reconstruction, image);

        assertThat(Slope.dot(value.first().gradient(), direction))
                .isEqualTo(
                        Slope.along(logits, direction, x -> loss.at(x, target, reconstruction, image)
                                .value()),
                        withPrecision(1e-9));
        assertThat(Slope.dot(value.second().gradient(), direction))
                .isEqualTo(
                        Slope.along(reconstruction, direction, x -> loss.at(logits, target, x, image)
                                .value()),
                        withPrecision(1e-9));
    }

    @Test
    void refusesAnImageOfGreyValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DcoNetLoss(1).at(new double[1], new double[1], new double[1], new double[] {255}))
                .withMessage("image pixel 0 is 255.0, outside [0, 1]; divide grey values by their maximum");
    }

    @Test
    void refusesAReconstructionOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DcoNetLoss(2).at(new double[2], new double[2], new double[3], new double[2]))
                .withMessage("a reconstruction of 3 and an image of 2 pixels do not fit 2 logits");
    }
}
