package dev.irstd.training.checkpoint;

/** What a checkpoint file holds at its top. */
public enum Wrapper {
    /** The state_dict itself. */
    NONE,
    /** A dict with the state_dict under {@code "state_dict"}. */
    STATE_DICT
}
