package dev.irstd.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries of a module of benchmarks, as its build wrote them down. */
enum ClassPath {
    /** This library, ONNX Runtime, PyTorch and OpenCV as it uses them. */
    OWN(""),
    DJL_ONNX_RUNTIME("djl-onnxruntime"),
    DJL_PYTORCH("djl-pytorch");

    private final String folder;

    ClassPath(String folder) {
        this.folder = folder;
    }

    /** What follows {@code java -cp}. */
    String of(Path benchmarks) {
        Path target = benchmarks.resolve(folder).resolve("target");
        try {
            return target.resolve("classes") + ":"
                    + Files.readString(target.resolve("classpath.txt")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("not built: " + target, e);
        }
    }

    /** The version of a library on it. */
    String version(Path benchmarks, String artifact) {
        Matcher jar = Pattern.compile("/" + artifact + "-(\\d[^/:]*?)(-1\\.5\\.\\d+)?\\.jar")
                .matcher(of(benchmarks));
        if (!jar.find()) {
            throw new IllegalStateException("no " + artifact + " on the class path of " + this);
        }
        return jar.group(1);
    }
}
