package dev.irstd.training.data;

import dev.irstd.Component;
import dev.irstd.InfraredImage;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class SceneGeneratorTest {
    @ParameterizedTest
    @EnumSource
    void makesTheSameSceneForTheSameSeed(Background background) {
        SceneGenerator generator = SceneGenerator.of(96, 80, background);

        assertThat(generator.generate(5)).isEqualTo(generator.generate(5));
        assertThat(generator.generate(5).image())
                .isNotEqualTo(generator.generate(6).image());
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheStatedSignalToClutterRatio(Background background) {
        SceneGenerator generator =
                SceneGenerator.of(160, 128, background).withBits(16).withScr(3, 8);

        for (long seed = 0; seed < 5; seed++) {
            Scene scene = generator.generate(seed);
            InfraredImage clutter = generator.withTargets(0).generate(seed).image();
            for (SceneTarget target : scene.targets()) {
                assertThat(target.scr()).isBetween(0.5, 8.0);
                assertThat(measuredScr(scene.image(), clutter, target)).isEqualTo(target.scr(), within(0.02));
            }
        }
    }

    @Test
    void keepsWithinTheRangeOfRatiosWhereTheSensorAllows() {
        SceneGenerator generator = SceneGenerator.of(160, 128, Background.SKY).withScr(3, 8);

        assertThat(LongStream.range(0, 20).boxed().flatMap(seed -> generator.generate(seed).targets().stream()))
                .hasSize(60)
                .allSatisfy(target -> assertThat(target.scr()).isBetween(3.0, 8.0));
    }

    @Test
    void dimsATargetRatherThanSaturate() {
        Scene scene =
                SceneGenerator.of(160, 128, Background.CLOUDS).withScr(500, 500).generate(1);

        assertThat(scene.targets()).hasSize(3).allSatisfy(target -> assertThat(target.scr())
                .isLessThan(500));
        assertThat(brightest(scene.image())).isBetween(200, 254);
    }

    private static double measuredScr(InfraredImage image, InfraredImage clutter, SceneTarget target) {
        int x = (int) Math.rint(target.x());
        int y = (int) Math.rint(target.y());
        double peak = 0;
        for (int row = y - 3; row <= y + 3; row++) {
            for (int column = x - 3; column <= x + 3; column++) {
                peak = Math.max(peak, image.sample(column, row) - clutter.sample(column, row));
            }
        }
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int row = Math.max(0, y - 20); row <= Math.min(image.height() - 1, y + 20); row++) {
            for (int column = Math.max(0, x - 20); column <= Math.min(image.width() - 1, x + 20); column++) {
                double value = clutter.sample(column, row);
                sum += value;
                squares += value * value;
                count++;
            }
        }
        return peak / Math.sqrt(squares / count - sum / count * (sum / count));
    }

    @Property(tries = 60)
    void masksEachTargetAroundItsCentre(
            @ForAll long seed, @ForAll Background background, @ForAll @IntRange(max = 6) int targets) {
        Scene scene =
                SceneGenerator.of(128, 128, background).withTargets(targets).generate(seed);

        List<Component> components = scene.mask().components();
        assertThat(components).hasSize(targets);
        assertThat(scene.targets()).hasSize(targets);
        for (SceneTarget target : scene.targets()) {
            Component nearest = components.stream()
                    .min((a, b) -> Double.compare(distance(a, target), distance(b, target)))
                    .orElseThrow();
            assertThat(distance(nearest, target)).isLessThan(0.71);
            assertThat(nearest.area()).isBetween(3, 110);
            assertThat(nearest.box().x()).isGreaterThan(1);
            assertThat(nearest.box().y()).isGreaterThan(1);
            assertThat(nearest.box().x() + nearest.box().width()).isLessThan(127);
            assertThat(nearest.box().y() + nearest.box().height()).isLessThan(127);
        }
    }

    private static double distance(Component component, SceneTarget target) {
        return Math.hypot(component.x() - target.x(), component.y() - target.y());
    }

    @ParameterizedTest
    @EnumSource
    void fillsThe16BitsOfASensor(Background background) {
        InfraredImage wide =
                SceneGenerator.of(96, 80, background).withBits(16).generate(3).image();
        InfraredImage narrow = SceneGenerator.of(96, 80, background).generate(3).image();
        BitSet levels = new BitSet();

        assertThat(wide.bits()).isEqualTo(16);
        assertThat(narrow.bits()).isEqualTo(8);
        for (int y = 0; y < 80; y++) {
            for (int x = 0; x < 96; x++) {
                levels.set(wide.sample(x, y));
                assertThat(wide.sample(x, y) / 257.0).isEqualTo(narrow.sample(x, y), within(0.51));
            }
        }
        assertThat(levels.cardinality()).isGreaterThan(1000);
    }

    @Test
    void killsPixelsOutsideTheTargetsOnly() {
        SceneGenerator generator = SceneGenerator.of(128, 128, Background.SKY);
        Scene whole = generator.generate(9);

        Scene damaged = generator.withDeadPixels(0.01).generate(9);

        assertThat(damaged.mask()).isEqualTo(whole.mask());
        int dead = 0;
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                int sample = damaged.image().sample(x, y);
                if (sample != whole.image().sample(x, y)) {
                    dead++;
                    assertThat(sample).isIn(0, 255);
                    assertThat(whole.mask().get(x, y)).isFalse();
                }
            }
        }
        // 1 % of 16384 pixels, four standard deviations of 12.7 either way.
        assertThat(dead).isBetween(164 - 51, 164 + 51);
    }

    @Test
    void looksLikeNaturalScenesInMeanAndSpread() {
        double mean = 0;
        double spread = 0;
        for (Background background : Background.values()) {
            for (long seed = 0; seed < 5; seed++) {
                double[] statistics = statistics(
                        SceneGenerator.of(200, 160, background).generate(seed).image());
                mean += statistics[0] / 20;
                spread += statistics[1] / 20;
            }
        }

        // NUAA-SIRST, measured: 112 and 27.6 over 427 images.
        assertThat(mean).isBetween(85.0, 130.0);
        assertThat(spread).isBetween(12.0, 35.0);
    }

    private static double[] statistics(InfraredImage image) {
        double sum = 0;
        double squares = 0;
        double count = image.width() * (double) image.height();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double sample = image.sample(x, y);
                sum += sample;
                squares += sample * sample;
            }
        }
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(squares / count - mean * mean)};
    }

    private static int brightest(InfraredImage image) {
        int brightest = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                brightest = Math.max(brightest, image.sample(x, y));
            }
        }
        return brightest;
    }

    @Test
    void saysWhenTheTargetsFindNoRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SceneGenerator.of(24, 24, Background.SKY).withTargets(2).generate(1))
                .withMessageContaining("no room for target 2 of 2 in a scene of 24x24");
    }

    @Test
    void rejectsOptionsThatMeanNothing() {
        SceneGenerator generator = SceneGenerator.of(64, 64, Background.SKY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneGenerator.of(64, 20, Background.SKY))
                .withMessageContaining("64x20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.withBits(12))
                .withMessageContaining("12 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.withScr(5, 4))
                .withMessageContaining("from 5.0 to 4.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.withTargets(-1))
                .withMessageContaining("-1 targets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.withDeadPixels(0.5))
                .withMessageContaining("0.5");
    }
}
