/** Training: data sets and scenes in, networks trained on them out. */
@org.jspecify.annotations.NullMarked
module dev.irstd.training {
    requires transitive dev.irstd.core;
    requires java.desktop;
    requires static transitive org.jspecify;

    exports dev.irstd.training.data;
}
