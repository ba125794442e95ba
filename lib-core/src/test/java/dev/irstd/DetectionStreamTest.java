package dev.irstd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Image n of a source is n + 1 pixels wide, so that a detection tells which one it is of. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DetectionStreamTest {
    /** What is being detected right now ends at once when the test does, whatever it waits for. */
    private final CountDownLatch forever = new CountDownLatch(1);

    private final AtomicInteger read = new AtomicInteger();

    @AfterEach
    void noThreadIsLeft() {
        forever.countDown();
        awaitNoWorkers();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void givesTheDetectionsOfSerialUseInOrder(int inFlight) {
        List<InfraredImage> images = IntStream.range(0, 40)
                .mapToObj(i -> Frames.noise(5 + i % 7, 4 + i % 3, i))
                .toList();
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity());
                Stream<Detection> found = detector.detectAll(images.stream(), inFlight)) {
            assertThat(found)
                    .extracting(Detection::scoreMap)
                    .containsExactlyElementsOf(detector.detectAll(images).stream()
                            .map(Detection::scoreMap)
                            .toList());
        }
    }

    @Test
    void anEmptyStreamGivesNone() {
        try (Stream<Detection> found = detector(Fake::detection).detectAll(Stream.empty(), 3)) {
            assertThat(found).isEmpty();
        }
    }

    @Test
    void worksOnAsManyImagesAtTheSameTimeAsAllowed() {
        CyclicBarrier three = new CyclicBarrier(3);
        Detector detector = detector(image -> {
            await(() -> three.await(30, TimeUnit.SECONDS));
            return Fake.detection(image);
        });
        try (Stream<Detection> found = detector.detectAll(endless().limit(12), 3)) {
            assertThat(found.map(Detection::width)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
    }

    @Test
    void keepsTheOrderWhenALaterImageIsDoneFirst() {
        CountDownLatch second = new CountDownLatch(1);
        Detector detector = detector(image -> {
            if (image.width() == 1) {
                await(second::await);
            } else {
                second.countDown();
            }
            return Fake.detection(image);
        });
        try (Stream<Detection> found = detector.detectAll(endless().limit(4), 2)) {
            assertThat(found.map(Detection::width)).containsExactly(1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aSlowConsumerHoldsUpAnEndlessSource(int inFlight) {
        AtomicInteger consumed = new AtomicInteger();
        try (Stream<Detection> found = detector(Fake::detection).detectAll(endless(), inFlight)) {
            found.limit(100).forEach(detection -> {
                Thread.yield();
                assertThat(read.get()).isLessThanOrEqualTo(consumed.getAndIncrement() + inFlight);
            });
        }
        assertThat(consumed).hasValue(100);
    }

    @Test
    void aSlowDetectorHoldsUpAnEndlessSource() {
        AtomicInteger consumed = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        Detector detector = detector(image -> {
            assertThat(running.incrementAndGet()).isLessThanOrEqualTo(3);
            assertThat(read.get()).isLessThanOrEqualTo(consumed.get() + 3);
            await(() -> Thread.sleep(1));
            running.decrementAndGet();
            return Fake.detection(image);
        });
        try (Stream<Detection> found = detector.detectAll(endless(), 3)) {
            found.limit(50).forEach(detection -> consumed.incrementAndGet());
        }
        assertThat(consumed).hasValue(50);
    }

    @Test
    void readsNothingBeforeATerminalOperation() {
        try (Stream<Detection> found = detector(Fake::detection).detectAll(endless(), 3)) {
            found.map(Detection::width);
        }
        assertThat(read).hasValue(0);
    }

    @Test
    void aParallelStreamReadsNoFurtherAhead() {
        try (Stream<Detection> found = detector(Fake::detection).detectAll(endless(), 2)) {
            assertThat(found.parallel().limit(5).map(Detection::width)).containsExactly(1, 2, 3, 4, 5);
        }
        assertThat(read.get()).isLessThanOrEqualTo(5 + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void aFailureOfTheDetectorArrivesOnceAfterTheDetectionsBeforeIt(int inFlight) {
        InferenceException failure = new InferenceException("the fifth");
        Detector detector = detector(image -> {
            if (image.width() == 5) {
                throw failure;
            }
            return Fake.detection(image);
        });
        assertFailsAfterFour(detector.detectAll(endless(), inFlight), failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void aFailureOfTheSourceArrivesOnceAfterTheDetectionsBeforeIt(int inFlight) {
        IllegalStateException failure = new IllegalStateException("camera unplugged");
        Stream<InfraredImage> source = endless().peek(image -> {
            if (image.width() == 5) {
                throw failure;
            }
        });
        assertFailsAfterFour(detector(Fake::detection).detectAll(source, inFlight), failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 20})
    void aFailureInABatchIsThatOfItsImage(int inFlight) {
        InferenceException failure = new InferenceException("the fifth");
        Detector detector = detector(image -> {
            if (image.width() == 5) {
                throw failure;
            }
            return Fake.detection(image);
        });
        assertFailsAfterFour(DetectionWindow.stream(detector, endless(), inFlight, 3), failure);

        Stream<InfraredImage> failing = endless().peek(image -> {
            if (image.width() == 5) {
                throw failure;
            }
        });
        assertFailsAfterFour(DetectionWindow.stream(detector(Fake::detection), failing, inFlight, 3), failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void aSlowConsumerOfBatchesHoldsUpAnEndlessSource(int inFlight) {
        AtomicInteger consumed = new AtomicInteger();
        try (Stream<Detection> found = DetectionWindow.stream(detector(Fake::detection), endless(), inFlight, 3)) {
            found.limit(100).forEach(detection -> {
                Thread.yield();
                assertThat(detection.width()).isEqualTo(consumed.get() + 1);
                assertThat(read.get()).isLessThanOrEqualTo(consumed.getAndIncrement() + inFlight);
            });
        }
        assertThat(consumed).hasValue(100);
    }

    @Test
    void closingEarlyEndsTheWorkOnBatchesToo() {
        Detector detector = detector(image -> {
            if (image.width() > 2) {
                await(forever::await);
            }
            return Fake.detection(image);
        });
        try (Stream<Detection> found = DetectionWindow.stream(detector, endless(), 6, 2)) {
            assertThat(found.iterator().next().width()).isEqualTo(1);
        }
        awaitNoWorkers();
    }

    @Test
    void anErrorArrivesAsItIs() {
        OutOfMemoryError failure = new OutOfMemoryError("the fifth");
        Stream<InfraredImage> source = endless();
        Detector detector = detector(image -> {
            if (image.width() == 5) {
                throw failure;
            }
            return Fake.detection(image);
        });
        assertFailsAfterFour(detector.detectAll(source, 2), failure);
    }

    private static void assertFailsAfterFour(Stream<Detection> stream, Throwable failure) {
        List<Integer> seen = new ArrayList<>();
        try (stream) {
            var iterator = stream.iterator();
            Throwable thrown = catchThrowable(() -> {
                while (iterator.hasNext()) {
                    seen.add(iterator.next().width());
                }
            });
            assertThat(thrown).isSameAs(failure);
            assertThat(iterator.hasNext()).isFalse();
        }
        assertThat(seen).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aDetectorClosedMeanwhileEndsTheStream() {
        Detector detector = IrstdDetector.load(TinyNetwork.identity());
        try (Stream<Detection> found = detector.detectAll(endless(), 3)) {
            assertThatThrownBy(() -> found.forEach(detection -> detector.close()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void aFailingConsumerEndsTheStreamItCloses() {
        IllegalStateException failure = new IllegalStateException("disk full");
        AtomicBoolean sourceClosed = new AtomicBoolean();
        Stream<InfraredImage> source = endless().onClose(() -> sourceClosed.set(true));

        assertThatThrownBy(() -> {
                    try (Stream<Detection> found = detector(Fake::detection).detectAll(source, 3)) {
                        found.forEach(detection -> {
                            throw failure;
                        });
                    }
                })
                .isSameAs(failure);
        assertThat(sourceClosed).isTrue();
        assertThat(read.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void closingEarlyInterruptsTheWorkReadAheadAndClosesTheSource() {
        AtomicBoolean sourceClosed = new AtomicBoolean();
        Stream<InfraredImage> source = endless().onClose(() -> sourceClosed.set(true));
        try (Stream<Detection> found = stuckAfterTheFirst().detectAll(source, 4)) {
            assertThat(found.findFirst()).map(Detection::width).hasValue(1);
        }
        assertThat(sourceClosed).isTrue();
        awaitNoWorkers();
    }

    @Test
    void aClosedStreamReadsItsSourceNoMore() {
        Stream<Detection> found = detector(Fake::detection).detectAll(endless(), 2);
        var iterator = found.iterator();
        iterator.next();

        found.close();

        int before = read.get();
        assertThatThrownBy(iterator::next).isInstanceOf(CancellationException.class);
        assertThat(read).hasValue(before);
    }

    @Test
    void closingFromElsewhereWakesTheConsumer() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Stream<Detection> found = stuckAfterTheFirst().detectAll(endless(), 2);
        FutureTask<Void> consumer = new FutureTask<>(() -> found.forEach(detection -> first.countDown()), null);
        Thread thread = new Thread(consumer);
        thread.start();
        first.await();
        awaitWaiting(thread);

        found.close();

        assertThatThrownBy(consumer::get).cause().isInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptOfTheConsumerEndsTheStreamAndIsKept() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        Stream<Detection> found = stuckAfterTheFirst().detectAll(endless(), 2);
        FutureTask<Void> consumer = new FutureTask<>(() -> {
            try (found) {
                found.forEach(detection -> first.countDown());
            } finally {
                kept.set(Thread.currentThread().isInterrupted());
            }
            return null;
        });
        Thread thread = new Thread(consumer);
        thread.start();
        first.await();
        awaitWaiting(thread);

        thread.interrupt();

        assertThatThrownBy(consumer::get)
                .cause()
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(kept).isTrue();
    }

    @Test
    void aStreamThatNobodyClosesLeavesNoThread() {
        detector(Fake::detection).detectAll(endless(), 4).findFirst();

        awaitNoWorkers();
    }

    @Test
    void namesBadArguments() {
        Detector detector = detector(Fake::detection);

        assertThatThrownBy(() -> detector.detectAll(null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("images");
        assertThatThrownBy(() -> detector.detectAll(Stream.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 images in flight");
    }

    private Stream<InfraredImage> endless() {
        return Stream.iterate(1, width -> width + 1)
                .peek(width -> read.incrementAndGet())
                .map(width -> InfraredImage.grey8(width, 1, new byte[width], 0, width));
    }

    private static Detector detector(Function<InfraredImage, Detection> detection) {
        return new Fake(detection);
    }

    private Detector stuckAfterTheFirst() {
        return detector(image -> {
            if (image.width() > 1) {
                await(forever::await);
            }
            return Fake.detection(image);
        });
    }

    private record Fake(Function<InfraredImage, Detection> detection) implements Detector {
        static Detection detection(InfraredImage image) {
            ScoreMap scores = ScoreMap.of(image.width(), 1, new float[image.width()]);
            Timing none = new Timing(java.time.Duration.ZERO, java.time.Duration.ZERO, java.time.Duration.ZERO);
            return new Detection(scores, scores.above(0.5f), List.of(), none);
        }

        @Override
        public Detection detect(InfraredImage image) {
            return detection.apply(image);
        }

        @Override
        public void close() {}
    }

    private interface Waiting {
        void run() throws Exception;
    }

    private static void await(Waiting waiting) {
        try {
            waiting.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void awaitNoWorkers() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(DetectionWindow.THREAD_NAME))) {
            await(() -> Thread.sleep(10));
        }
    }
}
