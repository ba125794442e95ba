package dev.irstd.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast the processor multiplies: a product of square float matrices by OpenBLAS, as near to its peak as a program
 * gets. A network can hardly take less time than its multiplications at this rate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ArithmeticBenchmark {
    /** Matrices. */
    @State(Scope.Benchmark)
    public static class Matrices {
        /** Rows and columns. */
        @Param("2048")
        public int order = 2048;

        /** Threads that share the work. */
        @Param({"1", "2"})
        public int threads = 1;

        private FloatPointer a;
        private FloatPointer b;
        private FloatPointer product;

        /** Fills them. */
        @Setup
        public void fill() {
            openblas.blas_set_num_threads(threads);
            a = matrix(1);
            b = matrix(2);
            product = matrix(3);
        }

        private FloatPointer matrix(int seed) {
            float[] values = new float[order * order];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i * 31 + seed) % 17 / 17f;
            }
            return new FloatPointer(values);
        }

        /** Frees them. */
        @TearDown
        public void free() {
            a.close();
            b.close();
            product.close();
        }
    }

    /** Multiplications, each with an addition, of one product. */
    static double multiplications(int order) {
        return Math.pow(order, 3);
    }

    /**
     * Multiplies.
     *
     * @param state the matrices
     * @return one element of the product
     */
    @Benchmark
    public float product(Matrices state) {
        int n = state.order;
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasNoTrans,
                n,
                n,
                n,
                1,
                state.a,
                n,
                state.b,
                n,
                0,
                state.product,
                n);
        return state.product.get(0);
    }
}
