package dev.irstd.metrics;

import dev.irstd.Box;
import dev.irstd.Component;
import dev.irstd.Mask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RegionsTest {

    @Property(tries = 200)
    void componentsAreThoseOfTheFinishedMask(
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll long seed) {
        Mask mask = Masks.random(width, height, 1, new Random(seed));
        List<Component> expected = mask.components();

        List<Region> actual = shuffled(mask, new Random(seed)).components();

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Region region = actual.get(i);
            Component component = expected.get(i);
            assertThat(region.area()).isEqualTo(component.area());
            assertThat(new Box(
                            region.left(),
                            region.top(),
                            region.right() - region.left() + 1,
                            region.bottom() - region.top() + 1))
                    .isEqualTo(component.box());
            assertThat(region.x()).isCloseTo(component.x(), within(1e-9));
            assertThat(region.y()).isCloseTo(component.y(), within(1e-9));
        }
    }

    @Property(tries = 200)
    void pixelsBelongToTheComponentsThatAFloodFillFinds(
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll long seed) {
        Mask mask = Masks.random(width, height, 1, new Random(seed));
        Regions regions = shuffled(mask, new Random(seed));
        List<Region> components = new ArrayList<>(regions.components());

        int[] labels = new int[width * height];
        Arrays.setAll(labels, pixel -> components.indexOf(regions.at(pixel)));

        assertThat(labels).containsExactly(floodFill(mask));
        assertThat(regions.area()).isEqualTo(mask.area());
    }

    /** Grown pixel by pixel in random order, and looked at on the way. */
    private static Regions shuffled(Mask mask, Random random) {
        List<Integer> pixels = new ArrayList<>();
        for (int pixel = 0; pixel < mask.width() * mask.height(); pixel++) {
            if (mask.get(pixel % mask.width(), pixel / mask.width())) {
                pixels.add(pixel);
            }
        }
        Collections.shuffle(pixels, random);
        Regions regions = new Regions(mask.width(), mask.height());
        for (int i = 0; i < pixels.size(); i++) {
            regions.add(pixels.get(i));
            if (i == pixels.size() / 2) {
                assertThat(regions.components().stream().mapToInt(Region::area).sum())
                        .isEqualTo(i + 1);
            }
        }
        return regions;
    }

    /** Numbers the components from 0 in raster order of their first pixel; -1 for pixels of none. */
    private static int[] floodFill(Mask mask) {
        int[] labels = new int[mask.width() * mask.height()];
        Arrays.fill(labels, -1);
        int next = 0;
        for (int pixel = 0; pixel < labels.length; pixel++) {
            Deque<Integer> pending = new ArrayDeque<>(List.of(pixel));
            boolean found = false;
            while (!pending.isEmpty()) {
                int open = pending.pop();
                int x = open % mask.width();
                int y = open / mask.width();
                if (!mask.get(x, y) || labels[open] >= 0) {
                    continue;
                }
                labels[open] = next;
                found = true;
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        if (x + dx >= 0 && x + dx < mask.width() && y + dy >= 0 && y + dy < mask.height()) {
                            pending.push(open + dy * mask.width() + dx);
                        }
                    }
                }
            }
            next += found ? 1 : 0;
        }
        return labels;
    }
}
