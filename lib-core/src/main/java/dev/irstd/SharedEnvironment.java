package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * The environment of ONNX Runtime, which all sessions of a process share.
 *
 * <p>ONNX Runtime's Java classes release it in a shutdown hook, whatever other threads still load or run, which then
 * crash the process (its issue 31352). The native environment counts its owners: one more, taken before the hook
 * exists and never given back, keeps it to the end of the process. No public method takes a second one.
 */
final class SharedEnvironment {
    private static final Logger LOGGER = System.getLogger(SharedEnvironment.class.getName());
    private static boolean kept;

    private SharedEnvironment() {}

    /**
     * The environment, made on the first call.
     *
     * @throws DeviceException if there is no native library for this machine
     */
    static synchronized OrtEnvironment get() {
        try {
            if (!kept) {
                kept = true;
                keep();
            }
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new DeviceException(
                    "ONNX Runtime cannot load its native library on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e + "; " + wayOut(),
                    e);
        }
    }

    private static String wayOut() {
        String folder = System.getProperty("onnxruntime.native.path");
        return folder == null
                ? "its jar brings Linux, macOS and Windows on 64-bit processors, -Donnxruntime.native.path=DIR takes"
                        + " another build"
                : "-Donnxruntime.native.path=" + folder + " must hold the libraries of this version for this machine,"
                        + " and serves one class loader of a process only; without it each unpacks its own";
    }

    private static void keep() {
        try {
            OrtEnvironment.getAvailableProviders(); // loads the native library, which sets the handle read below
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            create.setAccessible(true);
            create.invoke(
                    null,
                    api.getLong(null),
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
                    OrtEnvironment.DEFAULT_NAME);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOGGER.log(
                    Level.WARNING,
                    "this ONNX Runtime cannot be kept until the process ends, which may crash while a network is"
                            + " loaded or run",
                    e);
        }
    }
}
