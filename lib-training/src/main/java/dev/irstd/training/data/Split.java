package dev.irstd.training.data;

/** The part of a data set, by the division that its authors publish. */
public enum Split {
    /** What networks learn from. */
    TRAIN("train"),

    /** What networks are measured on, and never see before. */
    TEST("test");

    private final String fileName;

    Split(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Returns the name as it stands in the names of split files.
     *
     * @return {@code train} or {@code test}
     */
    public String fileName() {
        return fileName;
    }
}
