package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.InfraredImage;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes mask, score map (16 bits: 65535 is a probability of 1) and overlay of each image to one folder. */
final class DetectionFolder {
    private final Path folder;
    private final UniqueNames names = new UniqueNames();

    DetectionFolder(Path folder) throws IOException {
        this.folder = WholeFile.makeFolder(folder);
    }

    void write(Path file, InfraredImage image, Detection found) throws IOException {
        String name = names.ofFile(file);
        WholeFile.writePng(folder.resolve(name + "-mask.png"), found.mask().toImage());
        PngScores.write16(found.scoreMap(), folder.resolve(name + "-scores.png"));
        WholeFile.writePng(folder.resolve(name + "-overlay.png"), Overlay.of(image, found.targets()));
    }
}
