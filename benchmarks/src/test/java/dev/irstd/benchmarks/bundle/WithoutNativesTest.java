package dev.irstd.benchmarks.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WithoutNativesTest {
    @Test
    void copiesAllButNativeLibraries(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("a.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name :
                    new String[] {"a/B.class", "n/libx.so", "n/libx.so.1", "n/x.dll", "n/libx.dylib", "so"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }

        Path copy = folder.resolve("b.jar");
        WithoutNatives.copy(jar, copy);

        try (ZipFile copied = new ZipFile(copy.toFile())) {
            assertThat(copied.stream().map(ZipEntry::getName)).containsExactly("a/B.class", "so");
            assertThat(copied.getInputStream(copied.getEntry("a/B.class"))).hasContent("a/B.class");
        }
    }
}
