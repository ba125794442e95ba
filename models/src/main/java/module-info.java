/** Trained networks, embedded. */
@org.jspecify.annotations.NullMarked
module dev.irstd.models {
    requires transitive dev.irstd.core;
    requires static org.jspecify;

    exports dev.irstd.models;
}
