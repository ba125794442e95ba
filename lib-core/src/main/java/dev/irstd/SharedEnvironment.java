package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEnvironment.ThreadingOptions;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.irstd.spi.NativeRuntime;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The environment of ONNX Runtime, of which a process has one. It holds threads for all detectors, one a processor core;
 * with threads of its own for each, as ONNX Runtime makes them by default, two detectors would fight for the cores.
 *
 * <p>ONNX Runtime's Java classes release it in a shutdown hook, whatever other threads still load or run, which then
 * crash the process (its issue 31352). The native environment counts its owners: one more, never given back, keeps it
 * to the end of the process. No public method takes a second one.
 *
 * @param environment never closed, as it is ONNX Runtime's own
 * @param hasThreads whether sessions may use its threads: not where the application made it before, nor where it cannot be
 *     kept
 */
record SharedEnvironment(OrtEnvironment environment, boolean hasThreads) {
    private static final Logger LOGGER = System.getLogger(SharedEnvironment.class.getName());

    /** The system property in which ONNX Runtime finds a folder with another build of its libraries. */
    static final String NATIVES = "onnxruntime.native.path";

    private static @Nullable SharedEnvironment instance;

    /**
     * The one of this process, made on the first call.
     *
     * @throws DeviceException if there is no native library for this machine
     */
    static synchronized SharedEnvironment get() {
        SharedEnvironment made = instance;
        if (made == null) {
            try {
                takeOtherBuild();
                made = make();
                made.environment().setTelemetry(false);
            } catch (OrtException e) {
                throw new DeviceException("ONNX Runtime keeps its telemetry on: " + e.getMessage(), e);
            } catch (LinkageError e) {
                throw new DeviceException(
                        "ONNX Runtime cannot load its native library on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": " + e + "; " + wayOut(),
                        e);
            }
            // Shared threads end with the environment, in the middle of the work that they are on.
            made = new SharedEnvironment(made.environment(), keep() && made.hasThreads());
            instance = made;
        }
        return made;
    }

    /** The build of ONNX Runtime that the class path brings beside its own jar, if any. */
    static Optional<NativeRuntime> otherBuild() {
        return ServiceLoader.load(NativeRuntime.class, SharedEnvironment.class.getClassLoader())
                .findFirst();
    }

    /** Unless the user has chosen one. */
    private static void takeOtherBuild() {
        if (System.getProperty(NATIVES) == null) {
            try {
                Optional<NativeRuntime> other = otherBuild();
                if (other.isPresent()) {
                    other.get().unpack().ifPresent(folder -> System.setProperty(NATIVES, folder.toString()));
                }
            } catch (IOException e) {
                throw new DeviceException(e.getMessage(), e);
            }
        }
    }

    private static SharedEnvironment make() {
        try (ThreadingOptions threads = new ThreadingOptions()) {
            // Sessions run their operations one after the other.
            threads.setGlobalInterOpNumThreads(1);
            return new SharedEnvironment(
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, OrtEnvironment.DEFAULT_NAME, threads),
                    true);
        } catch (IllegalStateException e) {
            LOGGER.log(
                    Level.INFO,
                    "ONNX Runtime was used before the first detector, so that detectors cannot share their threads:"
                            + " each has one a processor core, unless built with threads(n)");
            return new SharedEnvironment(OrtEnvironment.getEnvironment(), false);
        } catch (OrtException e) {
            throw new DeviceException("ONNX Runtime cannot set up its threads: " + e.getMessage(), e);
        }
    }

    private static String wayOut() {
        String folder = System.getProperty(NATIVES);
        return folder == null
                ? "its jar brings Linux, macOS and Windows on 64-bit processors, -Donnxruntime.native.path=DIR takes"
                        + " another build"
                : "-Donnxruntime.native.path=" + folder + " must hold the libraries of this version for this machine,"
                        + " and serves one class loader of a process only; without it each unpacks its own";
    }

    private static boolean keep() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            api.setAccessible(true);
            create.setAccessible(true);
            create.invoke(
                    null,
                    api.getLong(null),
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
                    OrtEnvironment.DEFAULT_NAME);
            return true;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOGGER.log(
                    Level.INFO,
                    "ONNX Runtime ends when the process begins to, and may crash it if a network is loaded or run by"
                            + " then; on the module path, --add-opens"
                            + " com.microsoft.onnxruntime/ai.onnxruntime=dev.irstd.core helps: {0}",
                    e.toString());
            return false;
        }
    }
}
