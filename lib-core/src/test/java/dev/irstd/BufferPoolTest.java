package dev.irstd;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool(4000);

    @Test
    void handsABufferOutAgainWhereItIsLargeEnough() {
        ByteBuffer large = pool.take(2000);
        pool.giveBack(large);

        ByteBuffer smaller = pool.take(80);
        assertThat(smaller).isSameAs(large);
        assertThat(smaller.remaining()).isEqualTo(80);
        pool.giveBack(smaller);
        assertThat(pool.take(2001).remaining()).isEqualTo(2001);
    }

    @Test
    void neverHandsOutABufferTwice() {
        pool.giveBack(pool.take(10));

        assertThat(pool.take(10)).isNotSameAs(pool.take(10));
    }

    @Test
    void keepsNoMoreThanItsBoundHoweverManyWereInUse() {
        List<ByteBuffer> taken = Stream.generate(() -> pool.take(1200)).limit(8).toList();
        taken.forEach(pool::giveBack);

        assertThat(pool.idleBytes()).isEqualTo(3 * 1200);
    }

    @Test
    void keepsNoBufferAboveItsBound() {
        pool.giveBack(pool.take(4001));
        assertThat(pool.idleBytes()).isZero();

        pool.giveBack(pool.take(4000));
        assertThat(pool.idleBytes()).isEqualTo(4000);
        pool.clear();
        assertThat(pool.idleBytes()).isZero();
    }
}
