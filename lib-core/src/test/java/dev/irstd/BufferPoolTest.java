package dev.irstd;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool(4000);

    @Test
    void handsABufferOutAgainWhereItIsLargeEnough() {
        FloatBuffer large = pool.take(500);
        pool.giveBack(large);

        FloatBuffer smaller = pool.take(20);
        assertThat(smaller).isSameAs(large);
        assertThat(smaller.remaining()).isEqualTo(20);
        pool.giveBack(smaller);
        assertThat(pool.take(501).remaining()).isEqualTo(501);
    }

    @Test
    void neverHandsOutABufferTwice() {
        pool.giveBack(pool.take(10));

        assertThat(pool.take(10)).isNotSameAs(pool.take(10));
    }

    @Test
    void keepsNoMoreThanItsBoundHoweverManyWereInUse() {
        List<FloatBuffer> taken = Stream.generate(() -> pool.take(300)).limit(8).toList();
        taken.forEach(pool::giveBack);

        assertThat(pool.idleBytes()).isEqualTo(3 * 300 * Float.BYTES);
    }

    @Test
    void keepsNoBufferAboveItsBound() {
        pool.giveBack(pool.take(1001));
        assertThat(pool.idleBytes()).isZero();

        pool.giveBack(pool.take(1000));
        assertThat(pool.idleBytes()).isEqualTo(4000);
        pool.clear();
        assertThat(pool.idleBytes()).isZero();
    }
}
