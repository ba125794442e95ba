package dev.irstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Direct buffers in native order for reuse, since their memory is zeroed when allocated and freed only by the garbage
 * collector. Holds as many as were in use at the same time. Thread-safe.
 */
final class BufferPool {
    private final Deque<FloatBuffer> idle = new ConcurrentLinkedDeque<>();

    /** A buffer of that many floats, from position 0, with any content. */
    FloatBuffer take(int floats) {
        FloatBuffer buffer = idle.poll();
        if (buffer == null || buffer.capacity() < floats) {
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return buffer.clear().limit(floats);
    }

    void giveBack(FloatBuffer buffer) {
        idle.push(buffer);
    }

    void clear() {
        idle.clear();
    }
}
