package dev.irstd.benchmarks.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes shared libraries out of a jar and keeps of their GPU code what one GPU can run. */
public final class GpuLibraries {
    private GpuLibraries() {}

    /**
     * Unpacks the {@code .so} files of a jar, without their folders.
     *
     * @param arguments jar, folder, compute capability (such as 9.0), names of libraries to leave out
     * @throws IOException if the jar cannot be read or the folder not be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        ComputeCapability gpu = ComputeCapability.of(arguments[2]);
        List<String> without = List.of(arguments).subList(3, arguments.length);
        Files.createDirectories(folder);
        try (ZipFile jar = new ZipFile(arguments[0])) {
            List<? extends ZipEntry> libraries = jar.stream()
                    .filter(entry -> entry.getName().matches(".*/lib[^/]*\\.so[.0-9]*"))
                    .toList();
            for (ZipEntry entry : libraries) {
                String name = entry.getName().replaceFirst(".*/", "");
                if (!without.contains(name)) {
                    Path library = folder.resolve(name);
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
                    }
                    report(name, FatBinaries.keepOnly(library, gpu), gpu);
                }
            }
        }
    }

    private static void report(String name, FatBinaries.Result result, ComputeCapability gpu) {
        if (result.binaries() > 0) {
            System.out.printf(
                    "%s: %d fat binaries, kept %.1f MB for %s, zeroed %.1f MB%s%n",
                    name,
                    result.binaries(),
                    result.kept() / 1e6,
                    gpu,
                    result.zeroed() / 1e6,
                    result.without() == 0 ? "" : "; " + result.without() + " hold nothing for it");
        }
    }
}
