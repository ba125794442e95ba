package dev.irstd.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assumptions.assumeThat;

/** A disk without space for a file that is written as {@code NAME.part} first. */
public final class FullDisk {
    private static final Path DEVICE = Path.of("/dev/full");

    private FullDisk() {}

    /**
     * Leads the file's bytes to a device that has no space. Skips the test where the system has none such.
     *
     * @param file the file that nobody can write from now on; its folder is made if missing
     * @throws IOException if that cannot be set up
     */
    public static void under(Path file) throws IOException {
        assumeThat(DEVICE).as("a device without space, as Linux has it").exists();
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file.resolveSibling(file.getFileName() + ".part"), DEVICE);
    }
}
