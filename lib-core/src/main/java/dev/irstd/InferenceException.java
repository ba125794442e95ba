package dev.irstd;

/**
 * The network failed on an image, or returned what is no score map of it. The message names the model, and size and
 * coordinates of what the network was fed: the image, a tile of it, or what it was resized to.
 */
public final class InferenceException extends IrstdException {
    private static final long serialVersionUID = 1;

    InferenceException(String message) {
        super(message);
    }

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
