/** The figures of the field, IoU, nIoU, Pd, Fa and ROC, under named protocols and with their uncertainty. */
@org.jspecify.annotations.NullMarked
module dev.irstd.metrics {
    requires transitive dev.irstd.core;
    requires static org.jspecify;
    requires commons.math3;

    exports dev.irstd.metrics;
}
