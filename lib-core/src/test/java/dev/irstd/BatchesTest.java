package dev.irstd;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static dev.irstd.TinyNetwork.DYNAMIC;
import static dev.irstd.TinyNetwork.GREY_IS_SCORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchesTest {
    /** A softmax over the images of a batch: in a batch of n equal images, all scores are 1 / n. */
    private static final Model COUNTING = TinyNetwork.ofChannels(1)
            .then("Softmax", TinyNetwork.integer("axis", 0))
            .model(GREY_IS_SCORE);

    /** Random weights that are others at each place of a square of 4 x 4. */
    private static Model uneven() {
        return TinyNetwork.ofChannels(1)
                .then("SpaceToDepth", TinyNetwork.integer("blocksize", 4))
                .thenRandomConvolution(16, 16, 3, new Random(1))
                .then("DepthToSpace", TinyNetwork.integer("blocksize", 4))
                .then("Sigmoid")
                .model(TestManifests.withMultiple(GREY_IS_SCORE, 4));
    }

    private static Model anySize() {
        return TinyNetwork.ofChannels(1)
                .thenRandomConvolution(1, 5, 3, new Random(2))
                .then("Relu")
                .thenRandomConvolution(5, 1, 1, new Random(3))
                .then("Sigmoid")
                .model(GREY_IS_SCORE);
    }

    @Property(tries = 60)
    void areSingleDetectionsToTheLastBit(
            @ForAll @Size(max = 9) List<@IntRange(min = 1, max = 3) Integer> kinds,
            @ForAll @IntRange(min = 1, max = 5) int batch,
            @ForAll @IntRange(min = 1, max = 6) int inFlight,
            @ForAll @IntRange(max = 1000) int seed) {
        List<InfraredImage> images = new ArrayList<>();
        for (int kind : kinds) {
            images.add(Frames.noise(5 + 6 * kind + seed % 5, 9 - kind, seed + images.size()));
        }
        for (Model model : List.of(uneven(), anySize(), SampleInputsTest.model(InputType.UINT16))) {
            for (InputRange range : List.of(InputRange.fullScale(), InputRange.perImage())) {
                try (Detector single = IrstdDetector.builder()
                                .model(model)
                                .inputRange(range)
                                .build();
                        Detector batched = IrstdDetector.builder()
                                .model(model)
                                .inputRange(range)
                                .batch(batch)
                                .build();
                        Stream<Detection> stream = batched.detectAll(images.stream(), inFlight)) {
                    List<Detection> expected =
                            images.stream().map(single::detect).toList();

                    assertSame(batched.detectAll(images), expected);
                    assertSame(stream.toList(), expected);
                }
            }
        }
    }

    private static void assertSame(List<Detection> actual, List<Detection> expected) {
        assertThat(actual)
                .extracting(Detection::scoreMap)
                .containsExactlyElementsOf(
                        expected.stream().map(Detection::scoreMap).toList());
        assertThat(actual)
                .extracting(Detection::mask)
                .containsExactlyElementsOf(
                        expected.stream().map(Detection::mask).toList());
        assertThat(actual)
                .extracting(Detection::targets)
                .containsExactlyElementsOf(
                        expected.stream().map(Detection::targets).toList());
    }

    @Example
    void imagesOfOneSizeGoThroughTogether() {
        try (Detector detector = counting(2)) {
            assertThat(scores(detector.detectAll(Collections.nCopies(5, black(3, 2)))))
                    .containsExactly(1 / 2f, 1 / 2f, 1 / 2f, 1 / 2f, 1f);
            assertThat(detector.detect(black(3, 2)).scoreMap().get(0, 0)).isOne();
            assertThat(detector.detectAll(List.of())).isEmpty();
        }
    }

    @Example
    void imagesOfOtherSizesInBetweenBreakNothing() {
        try (Detector detector = counting(2)) {
            List<Detection> found =
                    detector.detectAll(List.of(black(3, 1), black(1, 1), black(3, 1), black(2, 1), black(1, 1)));

            assertThat(found).extracting(Detection::width).containsExactly(3, 1, 3, 2, 1);
            assertThat(scores(found)).containsExactly(1 / 2f, 1 / 2f, 1 / 2f, 1f, 1 / 2f);
        }
    }

    @Example
    void theSizeThatCountsIsThePaddedOne() {
        Model model = TinyNetwork.ofChannels(1)
                .then("Softmax", TinyNetwork.integer("axis", 0))
                .model(TestManifests.withMultiple(GREY_IS_SCORE, 4));
        try (Detector detector = IrstdDetector.builder().model(model).batch(3).build()) {
            List<Detection> found = detector.detectAll(List.of(black(4, 1), black(2, 3), black(3, 4)));

            assertThat(found).extracting(Detection::width).containsExactly(4, 2, 3);
            assertThat(scores(found)).containsOnly(1 / 3f);
        }
    }

    @Example
    void theTilesOfAnImageAreBatchesToo() {
        try (Detector detector = IrstdDetector.builder()
                .model(COUNTING)
                .tiles(new Tiles(2, 0))
                .batch(3)
                .build()) {
            assertThat(detector.detect(black(8, 1)).scoreMap().toArray())
                    .containsExactly(1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1f, 1f);
        }
    }

    @Example
    void tilesInBatchesAreTilesOneByOne() {
        InfraredImage image = Frames.noise(61, 43, 5);
        for (Model model : List.of(uneven(), SampleInputsTest.model(InputType.UINT8))) {
            IrstdDetector.Builder builder = IrstdDetector.builder().model(model).tiles(new Tiles(16, 4));
            try (Detector single = builder.build();
                    Detector batched = builder.batch(5).build()) {
                assertSame(List.of(batched.detect(image)), List.of(single.detect(image)));
            }
        }
    }

    @Example
    void aStreamRunsWholeBatchesOfWhatMayBeInFlight() {
        try (Detector detector = counting(3)) {
            assertThat(streamed(detector, 7, 7)).containsExactly(1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1f);
            assertThat(streamed(detector, 4, 2)).containsOnly(1 / 2f);
            assertThat(streamed(detector, 4, 1)).containsOnly(1f);
        }
    }

    private static List<Float> streamed(Detector detector, int images, int inFlight) {
        try (Stream<Detection> found =
                detector.detectAll(Collections.nCopies(images, black(2, 2)).stream(), inFlight)) {
            return scores(found.toList());
        }
    }

    @Example
    void imagesOfABatchShareItsTimeEqually() {
        try (Detector detector = counting(4)) {
            assertThat(detector.detectAll(Collections.nCopies(4, black(9, 9))))
                    .extracting(found -> found.timing().inference())
                    .allSatisfy(time -> assertThat(time).isPositive())
                    .satisfies(times -> assertThat(times.stream().distinct()).hasSize(1));
        }
    }

    @Example
    void anImageThatCannotBeTakenFailsAsAlone() {
        List<InfraredImage> images = List.of(black(2, 2), black(2, 2), Frames.grey16(2, 2, 1, 2, 3, 4), black(2, 2));
        List<Detection> before = new ArrayList<>();
        try (Detector detector = IrstdDetector.builder()
                        .model(SampleInputsTest.model(InputType.UINT8))
                        .batch(4)
                        .build();
                Stream<Detection> stream = detector.detectAll(images.stream(), 4)) {
            assertThatThrownBy(() -> detector.detectAll(images))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16 bits");
            assertThatThrownBy(() -> stream.forEach(before::add))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16 bits");
        }
        assertThat(before).hasSize(2);
    }

    @Example
    void severalThreadsShareOneDetector() {
        List<InfraredImage> images = IntStream.range(0, 12)
                .mapToObj(i -> Frames.noise(20 + i % 2, 11, i))
                .toList();
        try (Detector single = IrstdDetector.load(anySize());
                Detector batched =
                        IrstdDetector.builder().model(anySize()).batch(4).build()) {
            List<Detection> expected = images.stream().map(single::detect).toList();

            IntStream.range(0, 20).parallel().forEach(i -> assertSame(batched.detectAll(images), expected));
        }
    }

    @Example
    void takeTheMemoryOfOneBatch() {
        int side = 1024;
        long perImage = 2L * Float.BYTES * side * side;
        InfraredImage image = black(side, side);
        try (Detector detector =
                IrstdDetector.builder().model(TinyNetwork.identity()).batch(3).build()) {
            long before = directMemory();
            detector.detectAll(Collections.nCopies(10, image));

            assertThat(directMemory() - before).isLessThan(4 * perImage);
        }
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Example
    void holdNoMoreThanABufferDoes() {
        // Three inputs of 10^8 floats are 1.2 GB; a buffer ends at 2^31 bytes, 5.4 of them.
        Preprocessing.Shape shape = new Preprocessing.Shape(1, 10_000, 10_000);

        assertThat(new Preprocessing.Input(InputType.FLOAT32, shape, shape).mostInBuffer())
                .isEqualTo(5);
    }

    @Example
    void aNetworkOfOneImageIsRefused() {
        Model oneIn = one(TinyNetwork.ofInput(DataType.FLOAT, 1, 1, DYNAMIC, DYNAMIC), DYNAMIC);
        Model oneOut = one(TinyNetwork.ofChannels(1), 1);
        for (Model model : List.of(oneIn, oneOut)) {
            assertThatThrownBy(
                            () -> IrstdDetector.builder().model(model).batch(2).build())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("one.onnx")
                    .hasMessageContaining("batches of 2")
                    .hasMessageContaining("export it again");
            try (Detector detector =
                    IrstdDetector.builder().model(model).batch(1).build()) {
                assertThat(detector.detectAll(Collections.nCopies(3, black(2, 2))))
                        .hasSize(3);
            }
        }
    }

    private static Model one(TinyNetwork network, int outputImages) {
        return Model.of(
                "one.onnx",
                network.then("Identity").onnx(GREY_IS_SCORE.toMetadata(), outputImages, 1, DYNAMIC, DYNAMIC));
    }

    @Example
    void aBatchIsOfAtLeastOneImage() {
        assertThatThrownBy(() -> IrstdDetector.builder().batch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a batch of 0 images");
    }

    private static Detector counting(int batch) {
        return IrstdDetector.builder().model(COUNTING).batch(batch).build();
    }

    private static InfraredImage black(int width, int height) {
        return Frames.grey8(width, height, new int[width * height]);
    }

    private static List<Float> scores(List<Detection> found) {
        return found.stream().map(detection -> detection.scoreMap().get(0, 0)).toList();
    }
}
