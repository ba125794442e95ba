/** x */
module dev.irstd.metrics {
    requires transitive dev.irstd.core;
}
