package dev.irstd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConnectedComponentsTest {
    @Example
    void anEmptyMaskHasNone() {
        assertThat(Mask.of(4, 3, new boolean[12]).components()).isEmpty();
    }

    @Example
    void aFullMaskIsOne() {
        assertThat(checked(5, 3, 1).components()).containsExactly(new Component(2, 1, 15, new Box(0, 0, 5, 3)));
    }

    @Example
    void aCheckerboardHangsTogetherByItsCorners() {
        // 13 of 25 pixels, symmetric about the centre
        assertThat(checked(5, 5, 2).components()).containsExactly(new Component(2, 2, 13, new Box(0, 0, 5, 5)));
    }

    @Example
    void lonePixelsInRasterOrder() {
        boolean[] pixels = new boolean[15];
        pixels[2] = pixels[4] = pixels[10] = true;

        assertThat(Mask.of(5, 3, pixels).components())
                .containsExactly(
                        new Component(2, 0, 1, new Box(2, 0, 1, 1)),
                        new Component(4, 0, 1, new Box(4, 0, 1, 1)),
                        new Component(0, 2, 1, new Box(0, 2, 1, 1)));
    }

    @Example
    void scoresOfAnEnclosedComponentDoNotCountForTheRing() {
        // A ring of 0.75 around a pixel of 1 that lies in its box but does not touch it.
        float[] scores = new float[25];
        for (int i = 0; i < 25; i++) {
            boolean ring = i / 5 == 0 || i / 5 == 4 || i % 5 == 0 || i % 5 == 4;
            scores[i] = ring ? 0.75f : i == 12 ? 1 : 0;
        }
        ScoreMap map = ScoreMap.of(5, 5, scores);

        assertThat(ConnectedComponents.of(map.above(0.5f)).targets(map))
                .containsExactly(
                        new Target(2, 2, 16, new Box(0, 0, 5, 5), 0.75f, 0.75f),
                        new Target(2, 2, 1, new Box(2, 2, 1, 1), 1, 1));
    }

    /** A run ends with its row, whatever the next row starts with. */
    @Property(tries = 300)
    void ofScoresAreThoseOfTheirMask(@ForAll("masks") Mask mask) {
        float[] scores = new float[mask.width() * mask.height()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = mask.get(i % mask.width(), i / mask.width()) ? 0.75f : 0.5f;
        }
        ScoreMap map = ScoreMap.of(mask.width(), mask.height(), scores);

        assertThat(ConnectedComponents.of(map.runsAbove(0.5f)).targets(map))
                .isEqualTo(ConnectedComponents.of(mask).targets(map));
    }

    @Property(tries = 300)
    void agreeWithAFloodFill(@ForAll("masks") Mask mask) {
        List<Component> expected = floodFill(mask);
        List<Component> components = mask.components();

        assertThat(components).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Component found = components.get(i);
            assertThat(found.area()).isEqualTo(expected.get(i).area());
            assertThat(found.box()).isEqualTo(expected.get(i).box());
            assertThat(found.x()).isCloseTo(expected.get(i).x(), within(1e-9));
            assertThat(found.y()).isCloseTo(expected.get(i).y(), within(1e-9));
        }
    }

    @Provide
    Arbitrary<Mask> masks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 24),
                        Arbitraries.integers().between(1, 24),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.randomValue(random -> random))
                .as((width, height, density, random) -> {
                    boolean[] pixels = new boolean[width * height];
                    for (int i = 0; i < pixels.length; i++) {
                        pixels[i] = random.nextDouble() < density;
                    }
                    return Mask.of(width, height, pixels);
                });
    }

    /** Every {@code step}-th pixel in raster order. */
    private static Mask checked(int width, int height, int step) {
        boolean[] pixels = new boolean[width * height];
        for (int i = 0; i < pixels.length; i += step) {
            pixels[i] = true;
        }
        return Mask.of(width, height, pixels);
    }

    private static List<Component> floodFill(Mask mask) {
        boolean[][] seen = new boolean[mask.height()][mask.width()];
        List<Component> components = new ArrayList<>();
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                if (mask.get(x, y) && !seen[y][x]) {
                    components.add(fill(mask, seen, x, y));
                }
            }
        }
        return components;
    }

    private static Component fill(Mask mask, boolean[][] seen, int startX, int startY) {
        Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {startX, startY});
        seen[startY][startX] = true;
        int area = 0;
        long sumX = 0;
        long sumY = 0;
        int left = startX;
        int right = startX;
        int top = startY;
        int bottom = startY;
        while (!open.isEmpty()) {
            int[] pixel = open.pop();
            area++;
            sumX += pixel[0];
            sumY += pixel[1];
            left = Math.min(left, pixel[0]);
            right = Math.max(right, pixel[0]);
            top = Math.min(top, pixel[1]);
            bottom = Math.max(bottom, pixel[1]);
            for (int y = Math.max(pixel[1] - 1, 0); y <= Math.min(pixel[1] + 1, mask.height() - 1); y++) {
                for (int x = Math.max(pixel[0] - 1, 0); x <= Math.min(pixel[0] + 1, mask.width() - 1); x++) {
                    if (mask.get(x, y) && !seen[y][x]) {
                        seen[y][x] = true;
                        open.push(new int[] {x, y});
                    }
                }
            }
        }
        Box box = new Box(left, top, right - left + 1, bottom - top + 1);
        return new Component((double) sumX / area, (double) sumY / area, area, box);
    }
}
