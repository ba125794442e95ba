package dev.irstd.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTest {
    private static final Map<String, String> SMALL = Map.of("size", "64x64", "threads", "1");

    @Test
    void figureIsTheMedianOfTheForksAndTheirRangeOverIt() {
        Figures figures = new Figures(forks(SMALL, 5, 2, 4));
        assertThat(figures.millis("A.b", SMALL)).contains(new Figures.Figure(4, 0.75));
    }

    @Test
    void medianOfTwoForksIsTheirMean() {
        Figures figures = new Figures(forks(SMALL, 5, 3));
        assertThat(figures.millis("A.b", SMALL)).contains(new Figures.Figure(4, 0.5));
    }

    @Test
    void forksOfOtherParametersAndBenchmarksDoNotCount() {
        Figures figures = new Figures(forks(SMALL, 5));
        assertThat(figures.millis("A.b", Map.of("threads", "2"))).isEmpty();
        assertThat(figures.millis("A.c", SMALL)).isEmpty();
    }

    @Test
    void countersAreAveragedOverWhatTheyCount() {
        Figures figures = new Figures(forks(SMALL, 5));
        assertThat(figures.counted("nanos", "detections", "A.b", SMALL)
                        .orElseThrow()
                        .median())
                .isEqualTo(30);
    }

    private static List<Fork> forks(Map<String, String> parameters, double... millis) {
        Map<String, Double> counters = Map.of("nanos", 120.0, "detections", 4.0);
        return IntStream.range(0, millis.length)
                .mapToObj(i -> new Fork(i + 1, "A.b", parameters, millis[i], 0, counters))
                .toList();
    }
}
