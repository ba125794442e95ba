/** The figures of the field, IoU, nIoU, Pd and Fa, under named protocols. */
@org.jspecify.annotations.NullMarked
module dev.irstd.metrics {
    requires transitive dev.irstd.core;
    requires static org.jspecify;

    exports dev.irstd.metrics;
}
