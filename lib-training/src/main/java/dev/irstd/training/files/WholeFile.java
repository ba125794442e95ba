package dev.irstd.training.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files whole or not at all: under another name first, then renamed. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, by one writer at a time. Whoever reads it meanwhile, or after a crash, finds the old content or the new one.
     *
     * @param file where to, in a folder that is made if missing; replaced if it exists
     * @param content what to write: the remaining bytes
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, ByteBuffer content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Not Files.createTempFile, whose files nobody else may read; one name, so that the rest of a writer that died
        // is replaced.
        Path temporary = folder.resolve(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
