package dev.irstd;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is missing for CUDA, and how to mend it, from what ONNX Runtime and CUDA say.
 *
 * @param libraries those of the machine
 * @param driver the library of NVIDIA's driver, by its name on this system
 */
record CudaErrors(SharedLibraries libraries, String driver) {
    /** ONNX Runtime loads it by name, so that its own file may not list it. */
    private static final String CUDNN = "libcudnn.so.9";

    private static final Pattern NVIDIA = Pattern.compile("lib(cu|nv).*\\.so\\..*");
    private static final Pattern CUDA_VERSION = Pattern.compile("(?:cudart|cublas|cublasLt)(?:\\.so\\.|64_)(\\d+)");

    /** What messages say, and what to say instead; the first that is found counts. */
    private static final List<Cause> CAUSES = List.of(
            cause(
                    "Failed to load library (.+?) with error: (\\S+): cannot open shared object file",
                    (errors, found) -> errors.missing(found.group(1), found.group(2))),
            cause(
                    "Error loading \"(.+?)\" which depends on \"(.+?)\" which is missing",
                    (errors, found) -> errors.missing(found.group(1), found.group(2))),
            cause(
                    "LoadLibrary failed with error 126 .*?\"([^\"]+)\"",
                    (errors, found) -> errors.missing(found.group(1), "library of CUDA or cuDNN")),
            cause(
                    "Failed to load library (.+?) with error: (.+)",
                    (errors, found) -> "a library does not fit it: " + found.group(2)
                            + "; install the versions of CUDA and cuDNN that this build of ONNX Runtime is made for"),
            cause(
                    "Failed to find CUDA shared provider",
                    (errors, found) -> "this ONNX Runtime is built for CUDA, but its library"
                            + " onnxruntime_providers_cuda is not there; with -Donnxruntime.native.path it must be in"
                            + " that folder"),
            cause(
                    "driver version is insufficient",
                    (errors, found) -> errors.hasDriver()
                            ? "the NVIDIA driver is too old; CUDA 12 needs version 525 or newer, CUDA 13 version 580"
                            : errors.noDriver() + "; install it, in a container run it with --gpus all"),
            cause(
                    "no CUDA-capable device is detected",
                    (errors, found) -> "the NVIDIA driver sees no GPU; nvidia-smi must list one, and"
                            + " CUDA_VISIBLE_DEVICES must not hide it"),
            cause(
                    "invalid device ordinal",
                    (errors, found) -> "there is no GPU of this number; nvidia-smi -L lists them from 0, and"
                            + " CUDA_VISIBLE_DEVICES hides some and changes their numbers"),
            cause(
                    "no kernel image is available",
                    (errors, found) -> "this build of ONNX Runtime has no code for this GPU's compute capability"
                            + " (nvidia-smi --query-gpu=compute_cap --format=csv); older GPUs need onnxruntime_gpu, the"
                            + " newest irstd-cuda"),
            cause(
                    "unsupported toolchain",
                    (errors, found) -> "the NVIDIA driver is older than the CUDA that this ONNX Runtime is built with;"
                            + " update it"),
            cause(
                    "forward compatibility was attempted|unsupported display driver",
                    (errors, found) -> "the parts of the NVIDIA driver are of different versions; restart after an"
                            + " update, and remove CUDA's compat libraries from LD_LIBRARY_PATH"),
            cause(
                    "devices are busy or unavailable",
                    (errors, found) -> "another process has the GPU for itself; nvidia-smi lists it"),
            cause(
                    "out of memory|Failed to allocate memory|_STATUS_ALLOC_FAILED|smaller than requested bytes",
                    (errors, found) -> "the GPU's memory is used up, or withMemoryLimit is too low; nvidia-smi tells"
                            + " who uses how much"),
            cause(
                    "cuDNN is (not available|unavailable)|cuDNN library was not found",
                    (errors, found) -> "there is no cuDNN (" + CUDNN + "); install cuDNN 9 for the CUDA of this ONNX"
                            + " Runtime" + errors.searchPath()),
            cause(
                    "(CUDNN_STATUS_\\w+)",
                    (errors, found) -> "cuDNN fails with " + found.group(1)
                            + "; its libraries must be of one version, 9, and built for the CUDA of this ONNX Runtime"),
            cause(
                    "CUDA failure 999|cudaErrorUnknown",
                    (errors, found) -> "the NVIDIA driver does not work; nvidia-smi must, which may take a restart"),
            cause(
                    "fallback to CPU EP has been explicitly disabled",
                    (errors, found) -> "it has operations that only the processor can run; allow that with"
                            + " Device.cuda(n).with(Placement.CPU_FALLBACK)"));

    private interface Words {
        String say(CudaErrors errors, Matcher found);
    }

    private record Cause(Pattern message, Words words) {}

    private static Cause cause(String message, Words words) {
        return new Cause(Pattern.compile(message), words);
    }

    /** Of this machine. */
    static CudaErrors here() {
        return new CudaErrors(SharedLibraries.here(), SharedLibraries.isWindows() ? "nvcuda.dll" : "libcuda.so.1");
    }

    /** What a message means, or the message itself where it is not known. */
    String explain(String message) {
        for (Cause cause : CAUSES) {
            Matcher found = cause.message().matcher(message);
            if (found.find()) {
                return cause.words().say(this, found);
            }
        }
        return message.strip();
    }

    private boolean hasDriver() {
        return libraries.find(driver);
    }

    private String noDriver() {
        return "there is no NVIDIA driver (" + driver + ")";
    }

    private String searchPath() {
        return SharedLibraries.isWindows()
                ? ", with their folders on PATH"
                : ", with their folders in LD_LIBRARY_PATH before Java starts, or for irstd-cuda in"
                        + " -Dirstd.cuda.libraries";
    }

    /** The first library that the loader did not find is named; what else is missing is looked up. */
    private String missing(String provider, String named) {
        Set<String> missing = new LinkedHashSet<>(List.of(named));
        Set<String> needed = new LinkedHashSet<>(needed(provider));
        needed.add(named);
        needed.stream().filter(name -> !libraries.find(name)).forEach(missing::add);
        missing.remove(driver);
        List<String> said = new ArrayList<>();
        if (!hasDriver() || named.equals(driver)) {
            said.add(noDriver());
        }
        if (!missing.isEmpty()) {
            said.add((said.isEmpty() ? "there is no " : "no ") + String.join(", no ", missing));
        }
        String cuda = needed.stream()
                .map(CUDA_VERSION::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> "CUDA " + found.group(1))
                .orElse("CUDA");
        return String.join(", ", said) + "; this build of ONNX Runtime needs the driver, " + cuda + " and cuDNN 9"
                + searchPath();
    }

    /** NVIDIA's libraries that a library is linked with; none where that cannot be told, as on Windows. */
    private static List<String> needed(String provider) {
        try {
            List<String> names = new ArrayList<>(SharedLibraries.neededBy(Path.of(provider)).stream()
                    .filter(name -> NVIDIA.matcher(name).matches())
                    .toList());
            if (!names.contains(CUDNN)) {
                names.add(CUDNN);
            }
            return names;
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
