package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEnvironment.ThreadingOptions;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The environment of ONNX Runtime, of which a process has one. It holds threads for all detectors, one a processor core;
 * with threads of its own for each, as ONNX Runtime makes them by default, two detectors would fight for the cores.
 *
 * @param environment never closed, as it is ONNX Runtime's own
 * @param hasThreads whether sessions may use its threads: not where the application made it before
 */
record SharedEnvironment(OrtEnvironment environment, boolean hasThreads) {
    private static final Logger LOGGER = System.getLogger(SharedEnvironment.class.getName());

    private static @Nullable SharedEnvironment instance;

    /** The one of this process. */
    static synchronized SharedEnvironment get() {
        SharedEnvironment made = instance;
        if (made == null) {
            made = make();
            instance = made;
        }
        return made;
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
}
