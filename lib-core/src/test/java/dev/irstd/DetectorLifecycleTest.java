package dev.irstd;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DetectorLifecycleTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 64})
    void anyNumberOfThreadsGetTheResultsOfSerialUseBitForBit(int threads) throws Exception {
        List<InfraredImage> images = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            images.add(Frames.noise(40 + 7 * (i % 5), 30 + 11 * (i % 3), i));
        }
        try (Detector detector = IrstdDetector.load(convolutions())) {
            List<ScoreMap> serial = scoreMaps(detector.detectAll(images));
            assertThat(serial).doesNotHaveDuplicates();

            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Callable<List<ScoreMap>>> tasks = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    tasks.add(() ->
                            scoreMaps(images.stream().map(detector::detect).toList()));
                }
                for (Future<List<ScoreMap>> parallel : pool.invokeAll(tasks)) {
                    assertThat(parallel.get()).isEqualTo(serial);
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void forkJoinTasksGetTheResultsOfSerialUseBitForBit() throws Exception {
        List<InfraredImage> images = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            images.add(Frames.noise(20 + i, 50 - i / 2, i));
        }
        ForkJoinPool pool = new ForkJoinPool(5);
        try (Detector detector = IrstdDetector.load(convolutions())) {
            List<ScoreMap> serial = scoreMaps(detector.detectAll(images));

            List<Detection> parallel = pool.submit(
                            () -> images.parallelStream().map(detector::detect).toList())
                    .get();

            assertThat(scoreMaps(parallel)).isEqualTo(serial);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anInterruptedThreadLoadsDetectsAndClosesAndStaysInterrupted(@TempDir Path folder) throws IOException {
        Path file =
                Files.write(folder.resolve("tiny.onnx"), TinyNetwork.identity().onnx());
        Thread.currentThread().interrupt();
        try {
            Detection found;
            try (Detector detector = IrstdDetector.load(file)) {
                found = detector.detect(Frames.of(".9"));
            }

            assertThat(found.targets()).hasSize(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void twoHundredDetectorsOneAfterAnotherFindTheSame() {
        Model model = convolutions();
        InfraredImage image = Frames.noise(30, 20, 2);
        Set<ScoreMap> found = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            try (Detector detector = IrstdDetector.load(model)) {
                found.add(detector.detect(image).scoreMap());
            }
        }

        assertThat(found).hasSize(1);
    }

    @Test
    void closeWaitsForRunningDetections() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<InfraredImage> images = new AbstractList<>() {
            @Override
            public InfraredImage get(int index) {
                if (index == 1) {
                    running.countDown();
                    awaitUninterrupted(release);
                }
                return Frames.of("9.");
            }

            @Override
            public int size() {
                return 2;
            }
        };
        Detector detector = IrstdDetector.load(TinyNetwork.identity());
        FutureTask<List<Detection>> detecting = new FutureTask<>(() -> detector.detectAll(images));
        Thread closer = new Thread(detector::close);
        new Thread(detecting).start();
        running.await();
        closer.start();
        while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
            Thread.onSpinWait();
        }

        assertThat(closer.isAlive()).isTrue();
        release.countDown();
        assertThat(detecting.get()).hasSize(2);
        closer.join();
        assertThatThrownBy(() -> detector.detect(Frames.of("9."))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingAmongManyCallersEndsEachCallWithAResultOrAClearError() throws Exception {
        InfraredImage image = Frames.noise(64, 64, 5);
        for (int round = 0; round < 10; round++) {
            Detector detector = IrstdDetector.load(convolutions());
            ScoreMap expected = detector.detect(image).scoreMap();
            List<FutureTask<Void>> callers = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                FutureTask<Void> caller = new FutureTask<>(() -> {
                    started.countDown();
                    while (true) {
                        assertThat(detector.detect(image).scoreMap()).isEqualTo(expected);
                    }
                });
                callers.add(caller);
                new Thread(caller).start();
            }
            started.await();

            detector.close();

            for (FutureTask<Void> caller : callers) {
                assertThatThrownBy(caller::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
            }
        }
    }

    @Test
    void aThousandRacesOfClosingAndDetectingEndInResultsOrClearErrors() throws Exception {
        race(1000);
    }

    @Test
    @Tag("long")
    void twentyThousandRacesOfClosingAndDetectingEndInResultsOrClearErrors() throws Exception {
        race(20_000);
    }

    /** Two threads detect until they are refused, two others close: all four start at once. */
    private static void race(int rounds) throws Exception {
        Model model = TinyNetwork.identity();
        InfraredImage image = Frames.of("9..", "..9");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        int detections = 0;
        try {
            for (int round = 0; round < rounds; round++) {
                Detector detector =
                        IrstdDetector.builder().model(model).threads(1).build();
                CyclicBarrier start = new CyclicBarrier(4);
                Callable<Integer> detecting = () -> {
                    start.await();
                    int done = 0;
                    try {
                        while (true) {
                            assertThat(detector.detect(image).targets()).hasSize(2);
                            done++;
                        }
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessageContaining("closed");
                        return done;
                    }
                };
                Callable<Integer> closing = () -> {
                    start.await();
                    detector.close();
                    assertThatThrownBy(() -> detector.detect(image)).isInstanceOf(IllegalStateException.class);
                    return 0;
                };
                for (Future<Integer> end : pool.invokeAll(List.of(detecting, closing, detecting, closing))) {
                    detections += end.get();
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(detections).as("detections that came before the close").isPositive();
    }

    @Test
    void aCallThatWaitsForAnotherDoesNotHangWhenAThirdCloses() throws Exception {
        Detector detector = IrstdDetector.load(TinyNetwork.identity());
        Thread closer = new Thread(detector::close);
        List<InfraredImage> images = new AbstractList<>() {
            @Override
            public InfraredImage get(int index) {
                closer.start();
                while (closer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                detectElsewhere(detector);
                return Frames.of("9.");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatThrownBy(() -> detector.detectAll(images))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        closer.join();
    }

    @Test
    void closingFromInsideADetectionIsRefused() {
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            List<InfraredImage> images = new AbstractList<>() {
                @Override
                public InfraredImage get(int index) {
                    detector.close();
                    return Frames.of("9.");
                }

                @Override
                public int size() {
                    return 1;
                }
            };

            assertThatThrownBy(() -> detector.detectAll(images))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside one of its own detections");
            assertThat(detector.detect(Frames.of("9.")).targets()).hasSize(1);
        }
    }

    @Test
    void useAfterCloseNamesTheClosedDetector() {
        Detector detector = IrstdDetector.load(TinyNetwork.identity());
        detector.close();

        assertThatThrownBy(() -> detector.detect(Frames.of(".")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> detector.detect(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> detector.detectAll(List.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> detector.detectAll(Stream.of(), 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingAgainDoesNothing() {
        Detector detector = IrstdDetector.load(TinyNetwork.identity());
        detector.close();

        assertThatCode(detector::close).doesNotThrowAnyException();
    }

    @Test
    void detectionsOutliveTheirDetector() {
        Detection found;
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            found = detector.detect(Frames.of(".9"));
        }

        assertThat(found.scoreMap().toArray()).containsExactly(0, 1);
        assertThat(found.mask().area()).isEqualTo(1);
    }

    @Test
    void closingOneDetectorLeavesOthersOfTheSameModelAlone() {
        Model model = TinyNetwork.identity();
        try (Detector kept = IrstdDetector.load(model)) {
            IrstdDetector.load(model).close();

            assertThat(kept.detect(Frames.of("9")).targets()).hasSize(1);
        }
    }

    private static Model convolutions() {
        Random random = new Random(3);
        return TinyNetwork.ofChannels(1)
                .needingMultipleOf(4)
                .thenRandomConvolution(1, 16, 3, random)
                .then("Relu")
                .thenRandomConvolution(16, 16, 3, random)
                .then("Tanh")
                .thenRandomConvolution(16, 1, 3, random)
                .then("Sigmoid")
                .model(TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 4));
    }

    private static List<ScoreMap> scoreMaps(List<Detection> detections) {
        return detections.stream().map(Detection::scoreMap).toList();
    }

    private static void detectElsewhere(Detector detector) {
        FutureTask<Detection> elsewhere = new FutureTask<>(() -> detector.detect(Frames.of(".9")));
        new Thread(elsewhere).start();
        try {
            elsewhere.get();
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
