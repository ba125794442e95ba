package dev.irstd;

/** A model is missing, unreadable, without manifest, or does not fit its manifest. The message names the model. */
public final class ModelException extends IrstdException {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }

    ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
