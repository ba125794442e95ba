package dev.irstd.training.checkpoint;

import java.util.List;

/** A Python tuple. */
record Tuple(List<Object> items) {
    static final Tuple EMPTY = new Tuple(List.of());
}
