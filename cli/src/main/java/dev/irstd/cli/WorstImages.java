package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.Outcome;
import dev.irstd.metrics.PixelMetrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the images with the most misses and false alarms together; of equals those of the lowest IoU. */
final class WorstImages {
    /** The best first, since it is the next to go. */
    private static final Comparator<Bad> BEST_FIRST =
            Comparator.comparingInt(Bad::faults).thenComparing(Bad::iou, Comparator.reverseOrder());

    private final int wanted;
    private final TargetProtocol protocol;
    private final PriorityQueue<Bad> worst = new PriorityQueue<>(BEST_FIRST);

    record Bad(String id, InfraredImage image, Outcome outcome, double iou) {
        int faults() {
            return outcome.missed().size() + outcome.falseAlarms().size();
        }
    }

    WorstImages(int wanted, TargetProtocol protocol) {
        this.wanted = wanted;
        this.protocol = protocol;
    }

    void add(Sample sample, Prediction predicted, Metrics counted) {
        PixelMetrics pixels = counted.pixels();
        worst.add(new Bad(
                sample.id(),
                sample.image(),
                Outcome.of(predicted.mask(), sample.mask(), protocol),
                pixels.nIou(Figure.EMPTY_UNION)));
        if (worst.size() > wanted) {
            worst.remove();
        }
    }

    List<Bad> worstFirst() {
        return worst.stream().sorted(BEST_FIRST.reversed()).toList();
    }
}
