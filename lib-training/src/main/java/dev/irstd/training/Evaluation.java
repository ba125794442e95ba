package dev.irstd.training;

import dev.irstd.Detector;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.MetricsAccumulator;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import java.util.List;
import java.util.stream.Stream;

/** Measures a detector on a dataset, each image at its original resolution. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Detects in every image and compares the masks.
     *
     * @param detector the detector, with its own threshold
     * @param dataset images and true masks
     * @param protocols how targets and false alarms are counted
     * @return the figures over the whole dataset
     */
    public static Metrics of(Detector detector, SirstDataset dataset, TargetProtocol... protocols) {
        return of(detector, dataset.ids().stream().map(dataset::load), protocols);
    }

    /**
     * Detects in every image and compares the masks.
     *
     * @param detector the detector, with its own threshold
     * @param samples images and true masks
     * @param protocols how targets and false alarms are counted
     * @return the figures over all samples
     */
    public static Metrics of(Detector detector, List<Sample> samples, TargetProtocol... protocols) {
        return of(detector, samples.stream(), protocols);
    }

    private static Metrics of(Detector detector, Stream<Sample> samples, TargetProtocol... protocols) {
        MetricsAccumulator accumulator = new MetricsAccumulator(protocols);
        samples.forEachOrdered(
                sample -> accumulator.add(detector.detect(sample.image()).mask(), sample.mask()));
        return accumulator.metrics();
    }
}
