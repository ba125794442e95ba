package dev.irstd.cli;

import dev.irstd.InfraredImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Finds and reads image files. */
final class ImageFiles {
    private static final List<String> ENDINGS = List.of(".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg");

    private ImageFiles() {}

    /**
     * The images of a folder by name, or of its {@code images} folder if it has one, as datasets do; a file is itself.
     *
     * @throws IOException if a folder holds no image or cannot be listed
     */
    static List<Path> under(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        Path images = fileOrFolder.resolve("images");
        Path folder = Files.isDirectory(images) ? images : fileOrFolder;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(ImageFiles::looksLikeImage).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException("no image in this folder (" + String.join(", ", ENDINGS) + " looked for)");
            }
            return found;
        }
    }

    private static boolean looksLikeImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    /**
     * Reads an image.
     *
     * @throws IOException if it cannot be read; the message does not name the file
     */
    static InfraredImage read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("no such file");
        }
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            // Some of the JDK's decoders answer damaged files with unchecked exceptions.
            throw new IOException("cannot be decoded: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IOException("not an image that can be read (PNG, TIFF, BMP or JPEG)");
        }
        return InfraredImage.of(image);
    }
}
