package dev.irstd;

import dev.irstd.testing.ElfLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SharedLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void namesWhatALibraryIsLinkedWith() throws IOException {
        Path library = ElfLibrary.write(folder.resolve("libself.so"), "libself.so", "libcudart.so.13", "libcudnn.so.9");

        assertThat(SharedLibraries.neededBy(library)).containsExactly("libcudart.so.13", "libcudnn.so.9");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsALibraryOfThisJava() throws IOException {
        Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");

        assertThat(SharedLibraries.neededBy(library)).contains("libjvm.so");
    }

    @Test
    void damagedLibrariesAreRefused() throws IOException {
        Path library = ElfLibrary.write(folder.resolve("libself.so"), "libself.so", "libcudart.so.13");
        byte[] whole = Files.readAllBytes(library);

        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.so"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SharedLibraries.neededBy(cut))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) 0xff;
            Path damaged = Files.write(folder.resolve("damaged.so"), flipped);
            assertThatCode(() -> {
                        try {
                            SharedLibraries.neededBy(damaged);
                        } catch (IOException e) {
                            // It may be refused.
                        }
                    })
                    .as("byte %d changed", at)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void findsWhatLiesInAFolderOrIsKnownAlready() throws IOException {
        Files.createFile(folder.resolve("libcudart.so.13"));
        SharedLibraries libraries = new SharedLibraries(List.of(folder), "7f00 r-xp /opt/cuda/libcudnn.so.9.19.0\n");

        assertThat(libraries.find("libcudart.so.13")).isTrue();
        assertThat(libraries.find("libcudnn.so.9")).isTrue();
        assertThat(libraries.find("libcudart.so.12")).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsTheSystemsOwn() {
        assertThat(SharedLibraries.here().find("libc.so.6")).isTrue();
        assertThat(SharedLibraries.here().find("libnone.so.6")).isFalse();
    }
}
