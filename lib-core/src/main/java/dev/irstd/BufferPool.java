package dev.irstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers in native order for reuse, since their memory is zeroed when allocated and freed only by the garbage
 * collector. What lies here idle is bounded: a buffer that would exceed the bound is left to the collector, which costs
 * little beside the network's own work on an image of that size. Thread-safe.
 */
final class BufferPool {
    private final long mostFloats;
    private final Deque<FloatBuffer> idle = new ArrayDeque<>();
    private long idleFloats;

    /** A pool that keeps at most so many bytes. */
    BufferPool(long mostBytes) {
        this.mostFloats = mostBytes / Float.BYTES;
    }

    /** A buffer of that many floats, from position 0, with any content. */
    FloatBuffer take(int floats) {
        FloatBuffer buffer = poll();
        if (buffer == null || buffer.capacity() < floats) {
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return buffer.clear().limit(floats);
    }

    private synchronized @Nullable FloatBuffer poll() {
        FloatBuffer buffer = idle.poll();
        if (buffer != null) {
            idleFloats -= buffer.capacity();
        }
        return buffer;
    }

    synchronized void giveBack(FloatBuffer buffer) {
        if (buffer.capacity() <= mostFloats - idleFloats) {
            idle.push(buffer);
            idleFloats += buffer.capacity();
        }
    }

    synchronized void clear() {
        idle.clear();
        idleFloats = 0;
    }

    synchronized long idleBytes() {
        return idleFloats * Float.BYTES;
    }
}
