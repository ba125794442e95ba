package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.training.files.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        return InfraredImage.of(PictureFile.read(file));
    }
}
