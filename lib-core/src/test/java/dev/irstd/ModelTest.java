package dev.irstd;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class ModelTest {
    /** SHA-256 of "abc", from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void hasTheSha256OfItsBytes() {
        Model model = Model.of("abc", new byte[] {'a', 'b', 'c'});

        assertThat(model.sha256()).isEqualTo(ABC);
        assertThat(model.requireSha256(ABC)).isSameAs(model);
        assertThat(model.requireSha256(ABC.toUpperCase(Locale.ROOT))).isSameAs(model);
    }

    @Test
    void isRefusedByAnotherSha256WithBothNamed() {
        Model model = Model.of("abd.onnx", new byte[] {'a', 'b', 'd'});

        assertThatThrownBy(() -> model.requireSha256(ABC))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("abd.onnx", ABC, model.sha256());
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) - 8, (1L << 31) + 1, 5_000_000_000L})
    void aFileThatNoArrayHoldsIsRefusedUnread(long size) throws IOException {
        assertThatThrownBy(() -> Model.of(sparse(size)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("huge.onnx", size + " bytes", "2147483639");
    }

    @Test
    void aFileThatTheHeapDoesNotHoldIsRefused() throws IOException {
        long size = Integer.MAX_VALUE - 8L;
        assumeThat(Runtime.getRuntime().maxMemory()).as("Java heap").isLessThanOrEqualTo(size + 1024);

        assertThatThrownBy(() -> Model.of(sparse(size)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("huge.onnx", "-Xmx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null", "/dev/random"})
    void aDeviceIsRefusedUnread(Path device) {
        assumeThat(device).exists();

        assertThatThrownBy(() -> Model.of(device))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(device.toString(), "no regular file");
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> Model.of(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(folder.toString(), "no regular file");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("secret.onnx"), new byte[] {1});
        assumeThat(file.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(file))
                .as("readable all the same, as by root")
                .isFalse();

        assertThatThrownBy(() -> Model.of(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("secret.onnx")
                .hasCauseInstanceOf(IOException.class);
    }

    private Path sparse(long size) throws IOException {
        Path file = folder.resolve("huge.onnx");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
        }
        return file;
    }
}
