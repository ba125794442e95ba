package dev.irstd.cuda;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * NVIDIA's libraries for CUDA 13 and cuDNN 9. Once they are loaded by their files, the system's loader takes them for
 * those that ONNX Runtime names.
 *
 * @param folders where they may lie, the first to be looked into first
 * @param cache where those of a jar are put
 */
record CudaLibraries(List<Path> folders, Cache cache) {
    private static final Logger LOGGER = System.getLogger(CudaLibraries.class.getName());

    /** What Bytedeco's jars of NVIDIA's libraries hold, {@code org.bytedeco:cuda:...:linux-x86_64-redist...}. */
    private static final String BYTEDECO = "/org/bytedeco/cuda/linux-x86_64/";

    /** Each after those that it needs. */
    private static final List<String> NAMES = List.of(
            "libcudart.so.13",
            "libnvJitLink.so.13",
            "libnvrtc.so.13",
            "libcublasLt.so.13",
            "libcublas.so.13",
            "libcufft.so.12",
            "libcudnn.so.9");

    /** What these load by themselves, from the folder that they are in. */
    private static final List<String> COMPANIONS = List.of(
            "libcudnn_graph.so.9",
            "libcudnn_ops.so.9",
            "libcudnn_cnn.so.9",
            "libcudnn_adv.so.9",
            "libcudnn_heuristic.so.9",
            "libcudnn_engines_precompiled.so.9",
            "libcudnn_engines_runtime_compiled.so.9");

    /** The system property's, then those of the loader, then those of the CUDA toolkit. */
    static List<Path> usualFolders() {
        List<Path> folders = new ArrayList<>();
        for (String paths : new String[] {
            System.getProperty("irstd.cuda.libraries"),
            System.getenv("LD_LIBRARY_PATH"),
            System.getenv("CUDA_HOME"),
            System.getenv("CUDA_PATH"),
            "/usr/local/cuda"
        }) {
            if (paths != null) {
                Stream.of(paths.split(File.pathSeparator))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    /** Loads those that are found; what is missing, ONNX Runtime names. */
    void load() throws IOException {
        Optional<Path> unpacked = unpacked();
        for (String name : NAMES) {
            Optional<Path> file = find(name, unpacked);
            if (file.isPresent()) {
                try {
                    System.load(file.get().toAbsolutePath().toString());
                } catch (UnsatisfiedLinkError e) {
                    LOGGER.log(Level.WARNING, "{0} cannot be loaded: {1}", file.get(), e.getMessage());
                }
            }
        }
    }

    private Optional<Path> find(String name, Optional<Path> unpacked) throws IOException {
        List<Path> places = new ArrayList<>();
        unpacked.ifPresent(places::add);
        for (Path folder : folders) {
            places.add(folder);
            places.add(folder.resolve("lib64"));
            places.add(folder.resolve("lib"));
            // As Python's packages lie: nvidia/cudnn/lib, nvidia/cu13/lib.
            if (Files.isDirectory(folder)) {
                try (Stream<Path> inside = Files.list(folder)) {
                    inside.sorted().map(part -> part.resolve("lib")).forEach(places::add);
                }
            }
        }
        return places.stream()
                .map(place -> place.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Path> unpacked() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Stream.concat(NAMES.stream(), COMPANIONS.stream())
                .filter(name -> CudaLibraries.class.getResource(BYTEDECO + name) != null)
                .forEach(name -> files.put(name, BYTEDECO + name));
        return files.isEmpty() ? Optional.empty() : Optional.of(cache.folder("cuda13", files));
    }
}
