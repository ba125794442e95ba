package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.InfraredImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes mask, score map (16 bits: 65535 is a probability of 1) and overlay of each image to one folder. */
final class DetectionFolder {
    private final Path folder;
    private final UniqueNames names = new UniqueNames();

    DetectionFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void write(Path file, InfraredImage image, Detection found) throws IOException {
        String name = names.of(file);
        write(found.mask().toImage(), name + "-mask.png");
        PngScores.write16(found.scoreMap(), folder.resolve(name + "-scores.png"));
        write(Overlay.of(image, found.targets()), name + "-overlay.png");
    }

    private void write(BufferedImage image, String name) throws IOException {
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
