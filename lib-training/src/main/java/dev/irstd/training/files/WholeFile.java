package dev.irstd.training.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes files whole or not at all: as {@code NAME.part} first, then renamed. Whoever reads a file meanwhile, or after its
 * writer was killed, finds the old content or the new one; a {@code NAME.part} that was left then is replaced by the next
 * writer of that name. A file has one writer at a time.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file that even a failure of the power leaves whole.
     *
     * @param file where to, in a folder that is made if missing; replaced if it exists
     * @param content what to write: the remaining bytes
     * @throws IOException if the file cannot be written; names it
     */
    public static void write(Path file, ByteBuffer content) throws IOException {
        write(file, content, true);
    }

    /**
     * Writes a text that can be made again: a failure of the power may take it.
     *
     * @param file where to, in a folder that is made if missing; replaced if it exists
     * @param text what to write, in UTF-8
     * @throws IOException if the file cannot be written; names it
     */
    public static void writeText(Path file, String text) throws IOException {
        write(file, StandardCharsets.UTF_8.encode(text), false);
    }

    /**
     * Writes a picture that can be made again: a failure of the power may take it.
     *
     * @param file where to, in a folder that is made if missing; replaced if it exists
     * @param picture becomes a PNG
     * @throws IOException if the file cannot be written; names it
     */
    public static void writePng(Path file, BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: an OutputStream alone would pass through a temporary file.
        try (ImageOutputStream png = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", png)) {
                throw new IOException(file + ": this JDK writes no PNG of image type " + picture.getType());
            }
        }
        write(file, ByteBuffer.wrap(bytes.toByteArray()), false);
    }

    /**
     * Makes a folder that files will be written to, so that what stands in its way is known before.
     *
     * @param folder made if missing, its parents too
     * @return the folder
     * @throws IOException if it cannot be made; names it
     */
    public static Path makeFolder(Path folder) throws IOException {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("folder " + folder + " cannot be made: " + reason(e), e);
        }
    }

    private static void write(Path file, ByteBuffer content, boolean force) throws IOException {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            // Not Files.createTempFile, whose files nobody else may read.
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
                    if (force) {
                        channel.force(true);
                    }
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException obstacle) {
            return obstacle.getFile() + " is a file, where a folder is needed";
        }
        if (e instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " denied";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is missing";
        }
        return e instanceof FileSystemException other && other.getReason() != null
                ? other.getReason()
                : String.valueOf(e.getMessage());
    }
}
