package dev.irstd.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Another build of ONNX Runtime's native libraries than the one in its jar. Core takes the first that
 * {@link java.util.ServiceLoader} finds, unless the system property {@code onnxruntime.native.path} names a folder.
 * Only modules of this project implement it.
 */
public interface NativeRuntime {
    /**
     * Puts the libraries into a folder, before ONNX Runtime is loaded.
     *
     * @return the folder, or nothing where there are none for this machine
     * @throws IOException if they cannot be written
     */
    Optional<Path> unpack() throws IOException;

    /**
     * Loads what they need beyond themselves for running on a GPU, as far as it can be found. Called before that is
     * first tried.
     *
     * @throws IOException if libraries cannot be read or written
     */
    void loadCuda() throws IOException;
}
