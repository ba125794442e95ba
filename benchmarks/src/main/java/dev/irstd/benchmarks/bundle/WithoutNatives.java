package dev.irstd.benchmarks.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies a jar without its native libraries, for where they stand in a folder of their own. */
public final class WithoutNatives {
    private WithoutNatives() {}

    /**
     * Copies.
     *
     * @param arguments jar, copy
     * @throws IOException if one cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        copy(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void copy(Path jar, Path copy) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
            List<? extends ZipEntry> kept =
                    from.stream().filter(entry -> !isNative(entry.getName())).toList();
            for (ZipEntry entry : kept) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(to);
                }
            }
        }
    }

    private static boolean isNative(String name) {
        return name.matches(".*\\.(so|dll|dylib|jnilib|pdb|lib)([.0-9]*)") || name.matches(".*\\.dSYM/.*");
    }
}
