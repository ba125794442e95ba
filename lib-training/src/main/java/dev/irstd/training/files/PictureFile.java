package dev.irstd.training.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads pictures of the formats that the JDK knows. */
public final class PictureFile {
    private PictureFile() {}

    /**
     * Reads a picture.
     *
     * @param file PNG, TIFF, BMP, JPEG or GIF, as its content says
     * @return its pixels
     * @throws IOException if it cannot be decoded, or not in the memory that there is; the message does not name the file
     */
    public static BufferedImage read(Path file) throws IOException {
        BufferedImage picture;
        try {
            picture = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            // Some of the JDK's decoders answer damaged files with unchecked exceptions.
            throw new IOException("cannot be decoded: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // They ask for what a header claims, all at once, before they see that its pixels are missing.
            throw new IOException(
                    "cannot be decoded in " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB; if it is not damaged, give Java more memory with -Xmx",
                    e);
        }
        if (picture == null) {
            throw new IOException("not an image that can be read (PNG, TIFF, BMP or JPEG)");
        }
        return picture;
    }
}
