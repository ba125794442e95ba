package dev.irstd;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The detections of a stream of images, of which a few are worked on ahead. The source is read by the thread that takes
 * the detections, so that nothing happens while that one is busy elsewhere. Only {@link #close} may be called by others.
 */
final class DetectionWindow implements Spliterator<Detection>, AutoCloseable {
    static final String THREAD_NAME = "irstd-detection-window";

    private final Detector detector;
    private final Spliterator<InfraredImage> source;
    private final int size;
    private final int batch;
    private final ThreadPoolExecutor workers;
    private final Queue<CompletableFuture<Detection>> pending = new ConcurrentLinkedQueue<>();
    private int pendingCount;
    private boolean exhausted;
    private volatile boolean closed;

    /** An image and what becomes of it. */
    private record Work(InfraredImage image, CompletableFuture<Detection> detection) {
        Work(InfraredImage image) {
            this(image, new CompletableFuture<>());
        }

        void detect(Detector detector) {
            if (detection.isDone()) {
                return;
            }
            try {
                detection.complete(detector.detect(image));
            } catch (Throwable e) {
                detection.completeExceptionally(e);
            }
        }
    }

    private DetectionWindow(Detector detector, Spliterator<InfraredImage> source, int size, int batch) {
        this.detector = detector;
        this.source = source;
        this.size = size;
        this.batch = batch;
        int threads = size / batch;
        // The threads of a stream that nobody closes end by themselves.
        workers = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, THREAD_NAME);
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
    }

    /** {@link Detector#detectAll(Stream, int)}, with up to {@code batch} images given to the detector at a time. */
    static Stream<Detection> stream(Detector detector, Stream<InfraredImage> images, int inFlight, int batch) {
        Objects.requireNonNull(images, "images");
        if (inFlight < 1) {
            throw new IllegalArgumentException(inFlight + " images in flight: it takes at least 1");
        }
        Spliterator<InfraredImage> source = images.sequential().spliterator();
        DetectionWindow window = new DetectionWindow(detector, source, inFlight, Math.min(batch, inFlight));
        return StreamSupport.stream(window, false).onClose(window::close).onClose(images::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Detection> action) {
        requireOpen();
        readAhead();
        Future<Detection> next = pending.peek();
        requireOpen();
        if (next == null) {
            end();
            return false;
        }
        Detection found = result(next);
        pending.poll();
        pendingCount--;
        action.accept(found);
        return true;
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("the stream of detections is closed");
        }
    }

    /** A batch for the detection that goes out, and more while that one is not there yet. */
    private void readAhead() {
        boolean waiting = true;
        while (waiting && !closed && !exhausted && pendingCount + batch <= size) {
            List<InfraredImage> images = new ArrayList<>();
            CompletableFuture<Detection> failure = null;
            try {
                while (!closed && !exhausted && images.size() < batch) {
                    exhausted = !source.tryAdvance(images::add);
                }
            } catch (RuntimeException | Error e) {
                exhausted = true;
                failure = CompletableFuture.failedFuture(e);
            }
            if (!images.isEmpty()) {
                submit(images);
            }
            if (failure != null) {
                add(failure);
            }
            Future<Detection> next = pending.peek();
            waiting = next != null && !next.isDone();
        }
    }

    private void submit(List<InfraredImage> images) {
        List<Work> works = images.stream().map(Work::new).toList();
        works.forEach(work -> add(work.detection()));
        try {
            workers.execute(() -> detect(works));
        } catch (RuntimeException | Error e) {
            works.forEach(work -> work.detection().completeExceptionally(e));
        }
    }

    /** All at once; where that fails, one by one, so that the failure is that of its image and the others have none. */
    private void detect(List<Work> works) {
        if (works.size() > 1) {
            try {
                List<Detection> found =
                        detector.detectAll(works.stream().map(Work::image).toList());
                for (int i = 0; i < works.size(); i++) {
                    works.get(i).detection().complete(found.get(i));
                }
                return;
            } catch (RuntimeException | Error e) {
                // Comes again below if it is not of the batch.
            }
        }
        works.forEach(work -> work.detect(detector));
    }

    private void add(CompletableFuture<Detection> detection) {
        pending.add(detection);
        pendingCount++;
    }

    private Detection result(Future<Detection> next) {
        try {
            return next.get();
        } catch (ExecutionException e) {
            end();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for a detection");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** Nothing more comes. What has not been begun never will be. */
    private void end() {
        exhausted = true;
        abandon();
        pendingCount = 0;
    }

    /** Cancels before it interrupts, so that whoever waits hears of the end and not of what the interrupt led to. */
    private void abandon() {
        for (Future<Detection> detection = pending.poll(); detection != null; detection = pending.poll()) {
            detection.cancel(true);
        }
        workers.shutdownNow();
    }

    /** Ends the stream early; whoever waits for a detection is told by a {@link CancellationException}. */
    @Override
    public void close() {
        closed = true;
        abandon();
    }

    @Override
    public @Nullable Spliterator<Detection> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL;
    }
}
