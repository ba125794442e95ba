package dev.irstd.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What all forks measured. */
final class Figures {
    private final List<Fork> forks;

    Figures(List<Fork> forks) {
        this.forks = List.copyOf(forks);
    }

    /**
     * What the forks of one benchmark say together.
     *
     * @param median their median
     * @param spread the highest less the lowest, as a share of the median
     */
    record Figure(double median, double spread) {
        static Figure of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Figure(median, (sorted[sorted.length - 1] - sorted[0]) / median);
        }
    }

    /** Times in ms; empty if the benchmark was not measured with these parameters. */
    Optional<Figure> millis(String benchmark, Map<String, String> parameters) {
        return figure(benchmark, parameters, Fork::millis);
    }

    /** Bytes of Java heap an operation. */
    Optional<Figure> allocated(String benchmark, Map<String, String> parameters) {
        return figure(benchmark, parameters, Fork::allocated);
    }

    /** A counter's average for one of what another counts. */
    Optional<Figure> counted(String counter, String each, String benchmark, Map<String, String> parameters) {
        return figure(
                benchmark,
                parameters,
                fork -> fork.counters().get(counter) / fork.counters().get(each));
    }

    private Optional<Figure> figure(String benchmark, Map<String, String> parameters, ToDoubleFunction<Fork> value) {
        double[] values = forks.stream()
                .filter(fork -> fork.benchmark().equals(benchmark))
                .filter(fork -> fork.parameters().entrySet().containsAll(parameters.entrySet()))
                .mapToDouble(value)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Figure.of(values));
    }
}
