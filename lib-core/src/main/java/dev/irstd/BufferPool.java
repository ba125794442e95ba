package dev.irstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers in native order for reuse, since their memory is zeroed when allocated and freed only by the garbage
 * collector. What lies here idle is bounded: a buffer that would exceed the bound is left to the collector, which costs
 * little beside the network's own work on an image of that size. Thread-safe.
 */
final class BufferPool {
    private final long mostBytes;
    private final Deque<ByteBuffer> idle = new ArrayDeque<>();
    private long idleBytes;

    /** A pool that keeps at most so many bytes. */
    BufferPool(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A buffer of that many bytes, from position 0, with any content. */
    ByteBuffer take(int bytes) {
        ByteBuffer buffer = poll();
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        return buffer.clear().limit(bytes);
    }

    private synchronized @Nullable ByteBuffer poll() {
        ByteBuffer buffer = idle.poll();
        if (buffer != null) {
            idleBytes -= buffer.capacity();
        }
        return buffer;
    }

    synchronized void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() <= mostBytes - idleBytes) {
            idle.push(buffer);
            idleBytes += buffer.capacity();
        }
    }

    synchronized void clear() {
        idle.clear();
        idleBytes = 0;
    }

    synchronized long idleBytes() {
        return idleBytes;
    }
}
