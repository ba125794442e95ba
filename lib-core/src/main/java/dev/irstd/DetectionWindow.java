package dev.irstd;

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
    private final ThreadPoolExecutor workers;
    private final Queue<Future<Detection>> pending = new ConcurrentLinkedQueue<>();
    private int pendingCount;
    private boolean exhausted;
    private volatile boolean closed;

    DetectionWindow(Detector detector, Spliterator<InfraredImage> source, int size) {
        this.detector = detector;
        this.source = source;
        this.size = size;
        // The threads of a stream that nobody closes end by themselves.
        workers = new ThreadPoolExecutor(size, size, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, THREAD_NAME);
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Detection> action) {
        readAhead();
        Future<Detection> next = pending.peek();
        if (closed) {
            throw new CancellationException("the stream of detections is closed");
        }
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

    /** One image for the detection that goes out, and more while that one is not there yet. */
    private void readAhead() {
        boolean waiting = true;
        while (waiting && !exhausted && pendingCount < size) {
            try {
                exhausted = !source.tryAdvance(image -> add(workers.submit(() -> detector.detect(image))));
            } catch (RuntimeException | Error e) {
                exhausted = true;
                add(CompletableFuture.failedFuture(e));
            }
            Future<Detection> next = pending.peek();
            waiting = next != null && !next.isDone();
        }
    }

    private void add(Future<Detection> detection) {
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
