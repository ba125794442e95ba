package dev.irstd.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of any kind are an image or a score map, or an exception with a message. */
class InputFilesFuzzTest {
    @TempDir
    static Path folder;

    static Stream<byte[]> images() throws IOException {
        Path file = folder.resolve("seed.png");
        Stream.Builder<byte[]> images = Stream.builder();
        for (String format : new String[] {"png", "tiff", "bmp", "jpg"}) {
            javax.imageio.ImageIO.write(Pictures.grey8(8, 8), format, file.toFile());
            images.add(Files.readAllBytes(file));
        }
        return images.build();
    }

    @MethodSource("images")
    @FuzzTest(maxDuration = "10m")
    void fileIsAnImageOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed"), bytes);
        try {
            InfraredImage image = ImageFiles.read(file);
            assertThat(image.width()).isPositive();
        } catch (IOException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> scoreMaps() throws IOException {
        Path file = folder.resolve("seed.mat");
        Stream.Builder<byte[]> maps = Stream.builder();
        MatScores.write(ScoreMap.of(3, 2, new float[] {0, 1, 0.25f, 1e-30f, 0.5f, 0.999f}), file);
        maps.add(Files.readAllBytes(file));
        Mat5.writeToFile(
                Mat5.newMatFile()
                        .addArray("s", Mat5.newStruct().set("c", Mat5.newCell(1, 2)))
                        .addArray("x", Mat5.newMatrix(2, 2, MatlabType.UInt16))
                        .addArray("name", Mat5.newString("text")),
                file.toFile());
        return maps.add(Files.readAllBytes(file)).build();
    }

    @MethodSource("scoreMaps")
    @FuzzTest(maxDuration = "10m")
    void fileIsAScoreMapOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed"), bytes);
        try {
            assertThat(MatScores.read(file, InputRange.fullScale()).width()).isPositive();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
