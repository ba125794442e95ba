package dev.irstd.models;

import dev.irstd.Detection;
import dev.irstd.IrstdDetector;
import dev.irstd.ModelManifest;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsTest {
    private static final int SKY = 90;

    @Test
    void saysWhatItWasTrainedOnAndUnderWhichLicence() {
        try (IrstdDetector detector = IrstdDetector.load(Models.rrcanet18())) {
            ModelManifest manifest = detector.manifest();

            assertThat(manifest.network()).isEqualTo("RRCANet-18");
            assertThat(manifest.provenance().trainingData()).contains("NUAA-SIRST");
            assertThat(manifest.provenance().metrics()).contains("MARKED");
            assertThat(manifest.provenance().licence()).contains("research");
        }
    }

    @Test
    void findsASpotInAClearSky() {
        BufferedImage image = sky(100, 75);
        WritableRaster raster = image.getRaster();
        for (int y = 39; y <= 41; y++) {
            for (int x = 59; x <= 61; x++) {
                raster.setSample(x, y, 0, x == 60 && y == 40 ? 250 : 190);
            }
        }
        try (IrstdDetector detector = IrstdDetector.load(Models.rrcanet18())) {
            Detection found = detector.detect(image);

            assertThat(found.targets()).hasSize(1);
            assertThat(found.targets().get(0).x()).isBetween(59.0, 61.0);
            assertThat(found.targets().get(0).y()).isBetween(39.0, 41.0);
        }
    }

    @Test
    void findsNothingInAClearSky() {
        try (IrstdDetector detector = IrstdDetector.load(Models.rrcanet18())) {
            assertThat(detector.detect(sky(100, 75)).targets()).isEmpty();
        }
    }

    private static BufferedImage sky(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, SKY + (x * 7 + y * 13) % 3);
            }
        }
        return image;
    }
}
