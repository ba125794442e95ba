package dev.irstd.training;

import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.InfraredImage;
import dev.irstd.ScoreMap;
import dev.irstd.Timing;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluationTest {
    @TempDir
    Path data;

    /** One image of 8x6 with a target of 2x2 that is found, one of 10x5 without any, where one pixel is false. */
    @Test
    void comparesEachImageAtItsOwnResolution() throws IOException {
        BufferedImage found = black(8, 6);
        for (int i = 0; i < 4; i++) {
            found.getRaster().setSample(2 + i % 2, 3 + i / 2, 0, 255);
        }
        BufferedImage empty = black(10, 5);
        empty.getRaster().setSample(9, 4, 0, 255);
        write("a", found, found);
        write("b", empty, black(10, 5));
        Files.writeString(data.resolve("test.txt"), "a\nb\n");

        Metrics metrics = Evaluation.of(new BrightPixels(), SirstDataset.open(data, Split.TEST), TargetProtocol.MARKED);

        assertThat(metrics.pixels().iou()).isCloseTo(4 / 5.0, Offset.offset(1e-12));
        assertThat(metrics.targets(TargetProtocol.MARKED).pd()).isEqualTo(1);
        assertThat(metrics.targets(TargetProtocol.MARKED).fa()).isCloseTo(1.0 / (8 * 6 + 10 * 5), Offset.offset(1e-12));
    }

    private static BufferedImage black(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    }

    private void write(String id, BufferedImage image, BufferedImage mask) throws IOException {
        Path images = Files.createDirectories(data.resolve("images"));
        Path masks = Files.createDirectories(data.resolve("masks"));
        ImageIO.write(image, "png", images.resolve(id + ".png").toFile());
        ImageIO.write(mask, "png", masks.resolve(id + ".png").toFile());
    }

    private static final class BrightPixels implements Detector {
        @Override
        public Detection detect(InfraredImage image) {
            float[] scores = new float[image.width() * image.height()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = image.sample(i % image.width(), i / image.width()) / 255f;
            }
            ScoreMap map = ScoreMap.of(image.width(), image.height(), scores);
            Timing none = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
            return new Detection(map, map.above(0.5f), List.of(), none);
        }

        @Override
        public void close() {}
    }
}
