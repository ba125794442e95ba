package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MetricsAccumulatorTest {

    @Property(tries = 100)
    void shardsInAnyOrderGiveTheSameAsOnePass(
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> shardOfImage, @ForAll long seed) {
        Random random = new Random(seed);
        MetricsAccumulator onePass = accumulator();
        List<MetricsAccumulator> shards = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            shards.add(accumulator());
        }

        for (int shard : shardOfImage) {
            Mask prediction = sparse(random);
            Mask truth = sparse(random);
            onePass.add(prediction, truth);
            shards.get(shard).add(prediction, truth);
        }

        MetricsAccumulator backwards =
                merged(merged(shards.get(3), shards.get(2)), merged(shards.get(1), shards.get(0)));
        MetricsAccumulator oneByOne =
                merged(shards.get(0), merged(shards.get(1), merged(shards.get(2), shards.get(3))));
        assertThat(backwards.metrics()).isEqualTo(onePass.metrics());
        assertThat(oneByOne.metrics()).isEqualTo(onePass.metrics());
    }

    @Property(tries = 100)
    void legacyAreaNeverCountsMoreFalsePixelsThanMarked(@ForAll long seed) {
        Random random = new Random(seed);
        MetricsAccumulator accumulator = accumulator();
        accumulator.add(sparse(random), sparse(random));

        Metrics metrics = accumulator.metrics();
        TargetMetrics legacy = metrics.targets(TargetProtocol.LEGACY_AREA);
        TargetMetrics marked = metrics.targets(TargetProtocol.MARKED);
        assertThat(legacy.falsePixels()).isLessThanOrEqualTo(marked.falsePixels());
        assertThat(legacy.detectedTargets()).isEqualTo(marked.detectedTargets());
    }

    @Test
    void returnsTheFiguresOfEachImage() {
        MetricsAccumulator accumulator = accumulator();
        accumulator.add(Masks.of("##.."), Masks.of("##.."));

        Metrics second = accumulator.add(Masks.of("#..."), Masks.of("##.."));

        assertThat(second.pixels().images()).isEqualTo(1);
        assertThat(second.pixels().iou()).isEqualTo(0.5);
        assertThat(accumulator.metrics().pixels().iou()).isEqualTo(0.75);
    }

    @Test
    void refusesMasksOfDifferentSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accumulator().add(Masks.empty(4, 3), Masks.empty(3, 4)))
                .withMessage("the prediction has 4x3 pixels, the truth 3x4; "
                        + "bring the prediction back to the size of the image first");
    }

    @Test
    void refusesToMergeCountsUnderOtherProtocols() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accumulator().merge(new MetricsAccumulator(TargetProtocol.MARKED)))
                .withMessage("cannot merge counts under [MARKED] into counts under [LEGACY_AREA, MARKED]");
    }

    @Test
    void figuresAreASnapshot() {
        MetricsAccumulator accumulator = accumulator();
        Metrics before = accumulator.metrics();

        accumulator.add(Masks.full(2, 2), Masks.full(2, 2));

        assertThat(before.targets(TargetProtocol.MARKED).images()).isZero();
    }

    private static MetricsAccumulator merged(MetricsAccumulator first, MetricsAccumulator second) {
        MetricsAccumulator merged = accumulator();
        merged.merge(first);
        merged.merge(second);
        return merged;
    }

    private static MetricsAccumulator accumulator() {
        return new MetricsAccumulator(TargetProtocol.LEGACY_AREA, TargetProtocol.MARKED);
    }

    private static Mask sparse(Random random) {
        return Masks.random(20, 15, 0.2, random);
    }
}
