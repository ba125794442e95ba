package dev.irstd.cuda;

import dev.irstd.spi.NativeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Bytedeco's ONNX Runtime for CUDA 13 under Microsoft's Java classes, on Linux x86-64. */
public final class Cuda13Runtime implements NativeRuntime {
    private static final String BYTEDECO = "/org/bytedeco/onnxruntime/linux-x86_64-gpu/";
    private static final String MICROSOFT = "/ai/onnxruntime/native/linux-x64/";

    private final Cache cache;

    /** Made by the service loader. */
    public Cuda13Runtime() {
        this(Cache.ofUser());
    }

    Cuda13Runtime(Cache cache) {
        this.cache = cache;
    }

    @Override
    public Optional<Path> unpack() throws IOException {
        if (Cuda13Runtime.class.getResource(BYTEDECO + "libonnxruntime.so.1") == null || !isLinuxOnX64()) {
            return Optional.empty();
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("libonnxruntime.so", BYTEDECO + "libonnxruntime.so.1");
        files.put("libonnxruntime_providers_shared.so", BYTEDECO + "libonnxruntime_providers_shared.so");
        files.put("libonnxruntime_providers_cuda.so", BYTEDECO + "libonnxruntime_providers_cuda.so");
        String java = "libonnxruntime4j_jni.so";
        files.put(java, MICROSOFT + java);
        return Optional.of(cache.folder("onnxruntime-cuda13", files));
    }

    @Override
    public void loadCuda() throws IOException {
        if (isLinuxOnX64()) {
            new CudaLibraries(CudaLibraries.usualFolders(), cache).load();
        }
    }

    private static boolean isLinuxOnX64() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }
}
