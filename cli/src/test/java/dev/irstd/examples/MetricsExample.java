package dev.irstd.examples;

import dev.irstd.Detector;
import dev.irstd.Mask;
import dev.irstd.metrics.EmptyUnion;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.MetricsAccumulator;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.Evaluation;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import java.nio.file.Path;

final class MetricsExample {
    private MetricsExample() {}

    static Metrics count(Mask prediction, Mask truth, Mask empty) {
        MetricsAccumulator accumulator = new MetricsAccumulator(TargetProtocol.values());
        accumulator.add(prediction, truth);
        accumulator.add(empty, empty);
        Metrics metrics = accumulator.metrics();

        double iou = metrics.pixels().iou();
        double nIou = metrics.pixels().nIou(EmptyUnion.SKIP);
        double pd = metrics.targets(TargetProtocol.MARKED).pd();
        double fa = metrics.targets(TargetProtocol.MARKED).fa();

        System.out.printf("IoU %.3f  nIoU %.3f  Pd %.3f  Fa %.2e%n", iou, nIou, pd, fa);
        return metrics;
    }

    static Metrics ofDataset(Detector detector, Path root) {
        SirstDataset test = SirstDataset.open(root, Split.TEST);
        Metrics metrics = Evaluation.of(detector, test, TargetProtocol.MARKED);
        return metrics;
    }
}
