package dev.irstd.cli;

import dev.irstd.Box;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;

/** Black pictures with rectangles of one grey value. */
final class Pictures {
    private Pictures() {}

    static Path write(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        String ending = file.toString().substring(file.toString().lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, ending, file.toFile())).isTrue();
        return file;
    }

    static BufferedImage grey8(int width, int height, Box... white) {
        return grey8(width, height, 255, white);
    }

    static BufferedImage grey8(int width, int height, int grey, Box... boxes) {
        return filled(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), grey, boxes);
    }

    static BufferedImage grey16(int width, int height, int grey, Box... boxes) {
        return filled(new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY), grey, boxes);
    }

    private static BufferedImage filled(BufferedImage image, int grey, Box... boxes) {
        WritableRaster raster = image.getRaster();
        for (Box box : boxes) {
            for (int y = box.y(); y < box.y() + box.height(); y++) {
                for (int x = box.x(); x < box.x() + box.width(); x++) {
                    raster.setSample(x, y, 0, grey);
                }
            }
        }
        return image;
    }
}
