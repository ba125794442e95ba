package dev.irstd.training.checkpoint;

/** What stands before every key of a state_dict, depending on what the official code wrapped the network in. */
public enum KeyPrefix {
    /** Nothing: the network itself. */
    NONE(""),
    /** {@code model.}: the network is a member of another module. */
    MODEL("model."),
    /** {@code module.}: the network was trained on several GPUs with DataParallel. */
    MODULE("module.");

    private final String text;

    KeyPrefix(String text) {
        this.text = text;
    }

    /**
     * Returns the prefix.
     *
     * @return the text with its dot; empty for {@link #NONE}
     */
    public String text() {
        return text;
    }
}
