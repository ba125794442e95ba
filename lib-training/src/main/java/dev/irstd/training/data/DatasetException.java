package dev.irstd.training.data;

/** A data set on disk is not what its layout promises: something is missing, doubled or unreadable. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatasetException(String message) {
        super(message);
    }

    DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
