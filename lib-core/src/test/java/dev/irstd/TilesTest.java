package dev.irstd;

import dev.irstd.Geometry.PadToMultiple;
import dev.irstd.Geometry.Sampling;
import dev.irstd.Tiles.Tile;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TilesTest {
    @Property(tries = 500)
    void keepEachPixelOnceAndFarFromCuts(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 8) int multiple,
            @ForAll @IntRange(min = 1, max = 8) int multiples,
            @ForAll @IntRange(min = 0, max = 40) int overlap) {
        int size = multiple * multiples;
        Assume.that(size - overlap >= multiple);
        int[] kept = new int[width * height];

        for (Tile tile : new Tiles(size, overlap).of(width, height, new PadToMultiple(multiple))) {
            Box part = tile.part();
            assertThat(part.x() % multiple + part.y() % multiple).isZero();
            assertThat(part.width()).isBetween(1, size);
            assertThat(part.height()).isBetween(1, size);
            assertThat(right(part)).isLessThanOrEqualTo(width);
            assertThat(bottom(part)).isLessThanOrEqualTo(height);
            Box own = tile.kept();
            assertContext(own.x() - part.x(), part.x() == 0, overlap);
            assertContext(own.y() - part.y(), part.y() == 0, overlap);
            assertContext(right(part) - right(own), right(part) == width, overlap);
            assertContext(bottom(part) - bottom(own), bottom(part) == height, overlap);
            for (int y = own.y(); y < bottom(own); y++) {
                for (int x = own.x(); x < right(own); x++) {
                    kept[y * width + x]++;
                }
            }
        }

        assertThat(kept).containsOnly(1);
    }

    private static void assertContext(int context, boolean atTheImagesEdge, int overlap) {
        assertThat(context).isGreaterThanOrEqualTo(atTheImagesEdge ? 0 : overlap / 2);
    }

    private static int right(Box box) {
        return box.x() + box.width();
    }

    private static int bottom(Box box) {
        return box.y() + box.height();
    }

    @Example
    void areNoMoreThanNeeded() {
        // Columns 0 to 63, 48 to 111, ..., 48 k to 48 k + 63: the sixth ends at 304.
        Tiles tiles = new Tiles(64, 16);

        assertThat(tiles.of(304, 64, new PadToMultiple(16))).hasSize(6);
        assertThat(tiles.of(305, 64, new PadToMultiple(16))).hasSize(7);
        assertThat(tiles.of(64, 65, new PadToMultiple(16))).hasSize(2);
    }

    @Example
    void scoresAreThoseOfTheWholeImageWhereTheNetworkSeesNoFurtherThanHalfTheOverlap() {
        // Blocks of 4 x 4 and their neighbours: a score depends on pixels at most 7 away.
        Model model = TinyNetwork.ofChannels(1)
                .then("SpaceToDepth", TinyNetwork.integer("blocksize", 4))
                .thenRandomConvolution(16, 16, 3, new Random(1))
                .then("DepthToSpace", TinyNetwork.integer("blocksize", 4))
                .then("Sigmoid")
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 4));
        try (Detector whole = IrstdDetector.load(model);
                Detector tiled = tiled(model, 32, 16);
                Detector tooClose = tiled(model, 32, 0)) {
            for (int[] size : List.of(new int[] {101, 67}, new int[] {32, 200}, new int[] {31, 5})) {
                InfraredImage image = Frames.noise(size[0], size[1], 4);
                float[] expected = whole.detect(image).scoreMap().toArray();

                assertThat(tiled.detect(image).scoreMap().toArray()).containsExactly(expected, within(1e-6f));
            }
            InfraredImage image = Frames.noise(64, 32, 4);
            assertThat(tooClose.detect(image).scoreMap())
                    .isNotEqualTo(whole.detect(image).scoreMap());
        }
    }

    @Example
    void aTargetAcrossACutIsOneTarget() {
        try (Detector detector = tiled(TinyNetwork.identity(), 4, 0)) {
            Detection found = detector.detect(Frames.of(
                    "..........", //
                    "..........",
                    "..........",
                    "..999999..",
                    "...9......",
                    ".........9"));

            assertThat(found.targets()).extracting(Target::area).containsExactly(7, 1);
        }
    }

    @Example
    void aNetworkOfOneSizeSeesTilesOfThatSizeUnscaled() {
        Geometry eight = new Geometry.Resize(8, 8, Sampling.ANTIALIASED);
        Model model = TinyNetwork.ofChannels(1)
                .then("Identity")
                .model(TestManifests.withGeometry(TinyNetwork.GREY_IS_SCORE, eight));
        InfraredImage image = Frames.noise(21, 13, 3);
        try (Detector tiled = tiled(model, 8, 2);
                Detector plain = IrstdDetector.load(TinyNetwork.identity())) {
            assertThat(tiled.detect(image).scoreMap())
                    .isEqualTo(plain.detect(image).scoreMap());
        }
    }

    @Example
    void theRangeOfAnImageIsThatOfTheWholeImage() {
        // 0 to 200 over two tiles, of which one is all 100.
        try (Detector detector = IrstdDetector.builder()
                .model(TinyNetwork.identity())
                .inputRange(InputRange.perImage())
                .tiles(new Tiles(2, 0))
                .build()) {
            assertThat(detector.detect(Frames.grey8(4, 1, 0, 200, 100, 100))
                            .scoreMap()
                            .toArray())
                    .containsExactly(0, 1, 0.5f, 0.5f);
        }
    }

    @Example
    void refusesSizesThatDoNotSuit() {
        assertThatThrownBy(() -> new Tiles(0, 0)).hasMessageContaining("tiles of 0 pixels");
        assertThatThrownBy(() -> new Tiles(8, 8)).hasMessageContaining("overlap by 8");
        assertThatThrownBy(() -> new Tiles(8, -1)).hasMessageContaining("overlap by -1");
        Model model = TinyNetwork.ofChannels(1)
                .then("Identity")
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 8));
        for (Tiles tiles : List.of(new Tiles(60, 8), new Tiles(64, 60))) {
            assertThatThrownBy(() ->
                            IrstdDetector.builder().model(model).tiles(tiles).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tiles of " + tiles.size())
                    .hasMessageContaining("multiple of 8");
        }
    }

    private static Detector tiled(Model model, int size, int overlap) {
        return IrstdDetector.builder()
                .model(model)
                .tiles(new Tiles(size, overlap))
                .build();
    }
}
