package dev.irstd;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts ONNX Runtime in this process. To describe the process to its telemetry, ONNX Runtime 1.29 searches the command
 * line by a recursion for each character, which ends the process where the stack is too small: with 1 MiB, at some 4000
 * characters.
 *
 * <p>That telemetry is switched off here, but only {@code ORT_DISABLE_TELEMETRY=1} in the environment, which Java cannot
 * set for itself, keeps it from starting and from looking its receiver up.
 */
final class OrtProcess {
    private static final long STACK = 1 << 20;
    /** Seen to be enough: 655. Seen to be too little: 233. */
    private static final long STACK_PER_CHARACTER = 1024;

    private OrtProcess() {}

    /**
     * The one environment of the process.
     *
     * @throws LinkageError if the native library cannot be loaded
     */
    static OrtEnvironment environment() {
        long stack = STACK + STACK_PER_CHARACTER * commandLine();
        try {
            return CompletableFuture.supplyAsync(
                            OrtProcess::start, task -> new Thread(null, task, "irstd-onnxruntime", stack).start())
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LinkageError missing) {
                throw missing;
            }
            throw e;
        }
    }

    private static OrtEnvironment start() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime keeps its telemetry on: " + e.getMessage(), e);
        }
        return environment;
    }

    /** Length in bytes; 0 where the system does not tell, as only Linux does. */
    private static long commandLine() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
        } catch (IOException e) {
            return 0;
        }
    }
}
