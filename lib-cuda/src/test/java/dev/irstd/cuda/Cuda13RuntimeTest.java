package dev.irstd.cuda;

import dev.irstd.testing.ChildJvm;
import dev.irstd.testing.ElfLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

/** With Bytedeco's native libraries under Microsoft's Java classes, each time in a process of its own. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the libraries are for Linux x86-64")
class Cuda13RuntimeTest {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    @TempDir
    static Path cache;

    @TempDir
    Path folder;

    private String run(List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Xmx256m", "-Dirstd.cuda.cache=" + cache));
        all.addAll(options);
        ChildJvm.Ended ended = new ChildJvm(folder).run(Detecting.class, all, List.of(arguments));
        assertThat(ended.crashReports()).as(ended.output()).isEmpty();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private static void assumeNoDriver() {
        assumeThat(DRIVER).as("a machine with NVIDIA's driver").doesNotExist();
    }

    @Test
    void scoresOnTheProcessorAreThoseOfTheOrdinaryBuild() throws Exception {
        Path ordinary = unpackOrdinary();
        Path expected = folder.resolve("expected");
        Path actual = folder.resolve("actual");

        assertThat(run(List.of("-Donnxruntime.native.path=" + ordinary), "cpu", expected.toString()))
                .endsWith(" on CPU with " + ordinary + "\n");
        assertThat(run(List.of(), "cpu", actual.toString())).contains(" on CPU with " + cache);

        requireClose(actual, expected, 1e-5f);
    }

    @Test
    void scoresOnTheGpuAreThoseOfTheProcessor() throws Exception {
        assumeThat(DRIVER).as("a machine with NVIDIA's driver").exists();
        Path expected = folder.resolve("expected");
        Path actual = folder.resolve("actual");

        run(List.of(), "cpu", expected.toString());
        assertThat(run(List.of(), "cuda", actual.toString())).contains(" on CUDA device 0 with " + cache);

        requireClose(actual, expected, 1e-3f);
    }

    private static void requireClose(Path actual, Path expected, float difference) throws IOException {
        ByteBuffer expectedScores = ByteBuffer.wrap(Files.readAllBytes(expected));
        ByteBuffer actualScores = ByteBuffer.wrap(Files.readAllBytes(actual));
        float highest = 0;
        while (expectedScores.hasRemaining()) {
            float score = expectedScores.getFloat();
            highest = Math.max(highest, score);
            assertThat(actualScores.getFloat()).isCloseTo(score, within(difference));
        }
        assertThat(highest).isGreaterThan(0.5f);
    }

    private Path unpackOrdinary() throws IOException {
        Path natives = Files.createDirectory(folder.resolve("ordinary"));
        for (String library : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
            try (var in = Cuda13Runtime.class.getResourceAsStream("/ai/onnxruntime/native/linux-x64/" + library)) {
                Files.copy(in, natives.resolve(library));
            }
        }
        return natives;
    }

    @Test
    void ownChoiceOfNativesIsKeptAndBlamed() throws Exception {
        Path ordinary = unpackOrdinary();

        assertThat(run(List.of("-Donnxruntime.native.path=" + ordinary), "cuda", "unwritten"))
                .startsWith(
                        "refused: CUDA device 0 cannot run: this ONNX Runtime 1.28.0 is built without CUDA; it is to"
                                + " come from -Donnxruntime.native.path=" + ordinary);
    }

    @Test
    void cudaOnAMachineWithoutDriverSaysSo() throws Exception {
        assumeNoDriver();

        assertThat(run(List.of(), "cuda", folder.resolve("scores").toString()).lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("refused: CUDA device 0 cannot run: there is no NVIDIA driver (libcuda.so.1)")
                .contains("no libcublasLt.so.13", "no libcudnn.so.9", "CUDA 13 and cuDNN 9");
    }

    /** Libraries of these names are taken as soon as they are loaded; these hold nothing, which ONNX Runtime finds. */
    @Test
    void librariesInAFolderOfPythonsAreLoaded() throws Exception {
        assumeNoDriver();
        install("nvidia/cu13/lib", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcufft.so.12");

        assertThat(run(libraries("nvidia"), "cuda", folder.resolve("scores").toString()))
                .contains("there is no NVIDIA driver (libcuda.so.1), no libcudnn.so.9; this build");

        install("nvidia/cudnn/lib", "libcudnn.so.9");
        assertThat(run(libraries("nvidia"), "cuda", folder.resolve("scores").toString()))
                .contains("refused: CUDA device 0 cannot run: a library does not fit it: ")
                .containsPattern("libcublasLt.so.13|libcublas.so.13|libcufft.so.12|libcudart.so.13|libcudnn.so.9");
    }

    private void install(String into, String... libraries) throws IOException {
        Path lib = Files.createDirectories(folder.resolve(into));
        for (String library : libraries) {
            ElfLibrary.write(lib.resolve(library), library);
        }
    }

    private List<String> libraries(String path) {
        return List.of("-Dirstd.cuda.libraries=" + folder.resolve(path));
    }

    @Test
    void cacheThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(List.of("-Dirstd.cuda.cache=" + file), "cpu", "unwritten"))
                .startsWith("refused: cannot unpack native libraries into " + file)
                .contains("-Dirstd.cuda.cache=FOLDER");
    }
}
