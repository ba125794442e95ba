package dev.irstd;

import dev.irstd.testing.ElfLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages are those of ONNX Runtime 1.24 and 1.28, and of reports of its users where no GPU was at hand. */
class CudaErrorsTest {
    private static final String LOADING = "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/"
            + "provider_bridge_ort.cc:1988 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get()"
            + " [ONNXRuntimeError] : 1 : FAIL : ";
    private static final String FAILURE = "Error code - ORT_RUNTIME_EXCEPTION - message: Exception during"
            + " initialization: /onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:123"
            + " std::conditional_t<THRW, void, onnxruntime::common::Status> onnxruntime::CudaCall(ERRTYPE, const char*,"
            + " const char*, ERRTYPE, const char*, const char*, int) [with ERRTYPE = cudaError; bool THRW = true]"
            + " CUDA failure %s ; GPU=-1 ; hostname=lab ;"
            + " file=/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_execution_provider.cc ; line=245 ;"
            + " expr=cudaSetDevice(info_.device_id);";

    @TempDir
    Path folder;

    private CudaErrors onLinux() {
        return new CudaErrors(new SharedLibraries(List.of(folder), ""), "libcuda.so.1");
    }

    private CudaErrors onWindows() {
        return new CudaErrors(new SharedLibraries(List.of(folder), ""), "nvcuda.dll");
    }

    private void install(String... libraries) throws IOException {
        for (String library : libraries) {
            Files.createFile(folder.resolve(library));
        }
    }

    /** What a build for CUDA 13 is linked with. */
    private String provider() throws IOException {
        return ElfLibrary.write(
                        folder.resolve("libonnxruntime_providers_cuda.so"),
                        "libonnxruntime_providers_cuda.so",
                        "libcublasLt.so.13",
                        "libcublas.so.13",
                        "libcufft.so.12",
                        "libcudart.so.13",
                        "libonnxruntime_providers_shared.so",
                        "libcudnn.so.9",
                        "libstdc++.so.6")
                .toString();
    }

    private static String notFound(String provider, String library) {
        return LOADING + "Failed to load library " + provider + " with error: " + library
                + ": cannot open shared object file: No such file or directory\n";
    }

    @Test
    void machineWithoutAnythingLacksDriverAndLibraries() throws IOException {
        assertThat(onLinux().explain(notFound(provider(), "libcublasLt.so.13")))
                .isEqualTo("there is no NVIDIA driver (libcuda.so.1), no libcublasLt.so.13, no libcublas.so.13,"
                        + " no libcufft.so.12, no libcudart.so.13, no libcudnn.so.9; this build of ONNX Runtime needs"
                        + " the driver, CUDA 13 and cuDNN 9, with their folders in LD_LIBRARY_PATH before Java starts,"
                        + " or for irstd-cuda in -Dirstd.cuda.libraries");
    }

    @Test
    void onlyWhatIsMissingIsNamed() throws IOException {
        install("libcuda.so.1", "libcublasLt.so.13", "libcublas.so.13", "libcufft.so.12", "libcudart.so.13");

        assertThat(onLinux().explain(notFound(provider(), "libcudnn.so.9")))
                .startsWith("there is no libcudnn.so.9; this build of ONNX Runtime needs the driver, CUDA 13");
    }

    /** Microsoft's build for CUDA 12 loads it by name, and is linked with the driver. */
    @Test
    void cudnnIsNeededEvenWhereItIsNotLinked() throws IOException {
        install("libcublasLt.so.12", "libcudart.so.12");
        Path provider = ElfLibrary.write(
                folder.resolve("p.so"), "p.so", "libcublasLt.so.12", "libcudart.so.12", "libcuda.so.1");

        assertThat(onLinux().explain(notFound(provider.toString(), "libcuda.so.1")))
                .startsWith("there is no NVIDIA driver (libcuda.so.1), no libcudnn.so.9; this build of ONNX Runtime"
                        + " needs the driver, CUDA 12 and cuDNN 9");
    }

    @Test
    void libraryThatTheLoaderDoesNotFindIsMissingWhereverItLies() throws IOException {
        install("libcuda.so.1", "libcublasLt.so.13");

        assertThat(onLinux().explain(notFound("gone.so", "libcublasLt.so.13")))
                .startsWith("there is no libcublasLt.so.13; this build of ONNX Runtime needs the driver, CUDA 13");
    }

    @Test
    void windowsNamesTheLibrary() throws IOException {
        install("nvcuda.dll");
        String message = LOADING + "Error loading \"E:\\lib\\onnxruntime_providers_cuda.dll\" which depends on"
                + " \"cublasLt64_12.dll\" which is missing. (Error 126: \"The specified module could not be found.\")";

        assertThat(onWindows().explain(message))
                .startsWith("there is no cublasLt64_12.dll; this build of ONNX Runtime needs the driver, CUDA 12");
    }

    @Test
    void olderWindowsBuildsNameNone() {
        String message = LOADING + "LoadLibrary failed with error 126 \"\" when trying to load"
                + " \"C:\\Temp\\onnxruntime-java5278\\onnxruntime_providers_cuda.dll\"";

        assertThat(onWindows().explain(message)).contains("NVIDIA driver (nvcuda.dll)", "no library of CUDA or cuDNN");
    }

    @Test
    void driverErrorTellsNoneFromAnOldOne() throws IOException {
        String message = FAILURE.formatted("35: CUDA driver version is insufficient for CUDA runtime version");

        assertThat(onLinux().explain(message)).startsWith("there is no NVIDIA driver (libcuda.so.1); install it");
        install("libcuda.so.1");
        assertThat(onLinux().explain(message)).startsWith("the NVIDIA driver is too old");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    100: no CUDA-capable device is detected | the NVIDIA driver sees no GPU
                    101: invalid device ordinal | there is no GPU of this number
                    209: no kernel image is available for execution on the device | this GPU's compute capability
                    222: the provided PTX was compiled with an unsupported toolchain. | the NVIDIA driver is older
                    804: forward compatibility was attempted on non supported HW | of different versions
                    46: all CUDA-capable devices are busy or unavailable | another process
                    2: out of memory | memory is used up
                    999: unknown error | nvidia-smi must
                    """)
    void failuresOfCudaAreExplained(String failure, String meaning) {
        assertThat(onLinux().explain(FAILURE.formatted(failure)))
                .contains(meaning)
                .doesNotContain(".cc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Status Message: CUDA error cudaErrorNoKernelImageForDevice:no kernel image is available for execution on the device | compute capability
                    cuDNN is not available. Install cuDNN, update the system library search path, or set enable_cudnn=0 | no cuDNN (libcudnn.so.9)
                    CUDNN failure 1001: CUDNN_STATUS_NOT_INITIALIZED ; GPU=0 | CUDNN_STATUS_NOT_INITIALIZED
                    Failed to find CUDA shared provider | -Donnxruntime.native.path
                    This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user. | Placement.CPU_FALLBACK
                    Failed to allocate memory for requested buffer of size 4194304 | withMemoryLimit
                    """)
    void failuresOfOnnxRuntimeAreExplained(String message, String meaning) {
        assertThat(onLinux().explain("Error code - ORT_FAIL - message: " + message))
                .contains(meaning);
    }

    @Test
    void libraryOfAnotherVersionIsNamed() {
        assertThat(onLinux()
                        .explain(LOADING + "Failed to load library /x/libonnxruntime_providers_cuda.so with error:"
                                + " /y/libcublas.so.13: version `libcublas.so.13' not found (required by /x/p.so)"))
                .startsWith("a library does not fit it: /y/libcublas.so.13: version");
    }

    @Test
    void whatIsNotKnownIsLeftAsItIs() {
        assertThat(onLinux().explain(" something new\n")).isEqualTo("something new");
    }
}
