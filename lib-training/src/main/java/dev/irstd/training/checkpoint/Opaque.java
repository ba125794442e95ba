package dev.irstd.training.checkpoint;

/** Python values that may stand in a checkpoint, but say nothing about weights. */
enum Opaque {
    NONE,
    BYTES,
    NUMPY
}
