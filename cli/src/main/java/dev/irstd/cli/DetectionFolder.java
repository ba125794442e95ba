package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.InfraredImage;
import dev.irstd.ScoreMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;

/** Writes mask, score map (16 bits: 65535 is a probability of 1) and overlay of each image to one folder. */
final class DetectionFolder {
    private final Path folder;
    private final Set<String> taken = new HashSet<>();

    DetectionFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void write(Path file, InfraredImage image, Detection found) throws IOException {
        String name = name(file);
        write(found.mask().toImage(), name + "-mask.png");
        write(grey16(found.scoreMap()), name + "-scores.png");
        write(Overlay.of(image, found.targets()), name + "-overlay.png");
    }

    /** The file's name without its ending; numbered if another file has taken it. */
    private String name(Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        String name = stem;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "-" + number;
        }
        return name;
    }

    private void write(BufferedImage image, String name) throws IOException {
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private static BufferedImage grey16(ScoreMap scores) {
        BufferedImage image = new BufferedImage(scores.width(), scores.height(), BufferedImage.TYPE_USHORT_GRAY);
        short[] samples = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        float[] probabilities = scores.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(probabilities[i] * 0xFFFF);
        }
        return image;
    }
}
