package dev.irstd.cli;

import dev.irstd.metrics.EmptyUnion;
import dev.irstd.metrics.FalseAlarm;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.TargetProtocol;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of the field.
 *
 * @param name its name in tables and files
 * @param unit 1e-6 where papers print it so, or 1
 */
record Figure(String name, double unit, ToDoubleFunction<Metrics> of) {
    /** What an image with neither prediction nor truth counts in the nIoU. */
    static final EmptyUnion EMPTY_UNION = EmptyUnion.ONE;

    static final Figure MIOU = new Figure("mIoU", 1, metrics -> metrics.pixels().iou());
    static final Figure NIOU = new Figure("nIoU", 1, metrics -> metrics.pixels().nIou(EMPTY_UNION));
    static final Figure PRECISION =
            new Figure("precision", 1, metrics -> metrics.pixels().precision());
    static final Figure RECALL =
            new Figure("recall", 1, metrics -> metrics.pixels().recall());
    static final Figure F1 = new Figure("F1", 1, metrics -> metrics.pixels().f1());

    static final List<Figure> OF_PIXELS = List.of(MIOU, NIOU, PRECISION, RECALL, F1);

    static Figure pd(TargetProtocol protocol) {
        return new Figure("Pd", 1, metrics -> metrics.targets(protocol).pd());
    }

    static Figure fa(TargetProtocol protocol) {
        return new Figure("Fa", countsComponents(protocol) ? 1 : 1e-6, metrics -> metrics.targets(protocol)
                .fa());
    }

    /** Whether Fa is a number of false alarms an image, not a share of the pixels. */
    static boolean countsComponents(TargetProtocol protocol) {
        return protocol.falseAlarm() == FalseAlarm.UNMATCHED_COMPONENTS;
    }
}
