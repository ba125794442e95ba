package dev.irstd.loss;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

/** The analytic gradients against finite differences along random directions. */
class LossGradientTest {
    private static final int PIXELS = 48;

    @Property(tries = 300)
    void gradientIsTheDerivativeAlongAnyDirection(@ForAll("losses") Loss loss, @ForAll long seed) {
        Random random = new Random(seed);
        double[] logits = distinctErrors(random);
        double[] target = random.doubles(PIXELS).map(Math::round).toArray();
        double[] direction = random.doubles(PIXELS, -1, 1).toArray();

        double slope = Slope.along(logits, direction, x -> loss.at(x, target).value());

        assertThat(Slope.dot(loss.at(logits, target).gradient(), direction)).isEqualTo(slope, withPrecision(1e-9));
    }

    @Property(tries = 100)
    void gradientHoldsForSoftTargetsWhereEveryPixelEnters(@ForAll("smoothLosses") Loss loss, @ForAll long seed) {
        Random random = new Random(seed);
        double[] logits = random.doubles(PIXELS, -4, 4).toArray();
        double[] target = random.doubles(PIXELS).toArray();
        double[] direction = random.doubles(PIXELS, -1, 1).toArray();

        double slope = Slope.along(logits, direction, x -> loss.at(x, target).value());

        assertThat(Slope.dot(loss.at(logits, target).gradient(), direction)).isEqualTo(slope, withPrecision(1e-9));
    }

    @Provide
    Arbitrary<Loss> losses() {
        Arbitrary<CrossEntropyForm> form = Arbitraries.of(CrossEntropyForm.class);
        Arbitrary<Double> percent = Arbitraries.doubles().between(3, 100);
        Arbitrary<Double> epsilon = Arbitraries.doubles().between(-1, 5);
        return Arbitraries.oneOf(
                smoothLosses(),
                percent.flatMap(k -> form.map(f -> Losses.topK(k, f))),
                percent.flatMap(k -> epsilon.flatMap(e -> form.map(f -> Losses.polyTopK(k, e, f)))),
                percent.flatMap(k -> epsilon.flatMap(e -> form.map(f -> Losses.dptK(k, e, f)))));
    }

    @Provide
    Arbitrary<Loss> smoothLosses() {
        return Arbitraries.of(
                Losses.softIou(),
                Losses.dice(),
                Losses.perImage(PIXELS / 3, Losses.softIou()),
                Losses.poly(3.1, CrossEntropyForm.LOGIT),
                Losses.poly(3.1, CrossEntropyForm.CLAMPED),
                Losses.sum(Losses.dice(), Losses.poly(-0.5, CrossEntropyForm.LOGIT)));
    }

    /**
     * Logits on a grid of step 0.1, off its centre, so that no two errors {@code |x|}, right or wrong, come closer than
     * the differentiator's steps: the choice of the worst pixels is then constant around them.
     */
    private static double[] distinctErrors(Random random) {
        return random.ints(-PIXELS, PIXELS)
                .distinct()
                .limit(PIXELS)
                .mapToDouble(i -> 0.1 * i + 0.03)
                .toArray();
    }
}
