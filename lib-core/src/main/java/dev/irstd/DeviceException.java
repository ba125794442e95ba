package dev.irstd;

/** The device that was asked for cannot run the model here. The message names what is missing and the way out. */
public final class DeviceException extends IrstdException {
    private static final long serialVersionUID = 1;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
