package dev.irstd;

/** What can go wrong beyond bad arguments: with the model, with the device, or while it computes. */
public abstract sealed class IrstdException extends RuntimeException
        permits ModelException, DeviceException, InferenceException {
    private static final long serialVersionUID = 1;

    IrstdException(String message) {
        super(message);
    }

    IrstdException(String message, Throwable cause) {
        super(message, cause);
    }
}
