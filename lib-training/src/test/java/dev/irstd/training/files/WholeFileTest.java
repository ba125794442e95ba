package dev.irstd.training.files;

import dev.irstd.testing.FullDisk;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WholeFileTest {
    private static final BufferedImage NOISE = noise();

    @TempDir
    Path folder;

    private interface Writer {
        void write(Path file) throws IOException;
    }

    static Stream<Writer> writers() {
        return Stream.of(
                file -> WholeFile.write(file, ByteBuffer.wrap(new byte[100_000])),
                file -> WholeFile.writeText(file, "text"),
                file -> WholeFile.writePng(file, NOISE));
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.getRaster().setSample(i % 64, i / 64, 0, random.nextInt(256));
        }
        return image;
    }

    @Test
    void writesWhatItIsGiven() throws IOException {
        WholeFile.writeText(folder.resolve("new/text"), "é\n");
        WholeFile.writePng(folder.resolve("new/picture"), NOISE);

        assertThat(folder.resolve("new/text")).hasContent("é\n");
        BufferedImage read = ImageIO.read(folder.resolve("new/picture").toFile());
        assertThat(read.getRaster().getSamples(0, 0, 64, 64, 0, (int[]) null))
                .isEqualTo(NOISE.getRaster().getSamples(0, 0, 64, 64, 0, (int[]) null));
        assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void fullDiskLeavesTheOldFileAndNoOther(Writer writer) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        FullDisk.under(file);

        assertThatIOException()
                .isThrownBy(() -> writer.write(file))
                .withMessage(file + " cannot be written: No space left on device");

        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void fileInPlaceOfTheFolderIsNamed(Writer writer) throws IOException {
        Path obstacle = Files.writeString(folder.resolve("obstacle"), "old");
        Path file = obstacle.resolve("file");

        assertThatIOException()
                .isThrownBy(() -> writer.write(file))
                .withMessage(file + " cannot be written: " + obstacle + " is a file, where a folder is needed");
        assertThat(obstacle).hasContent("old");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void folderInPlaceOfTheFileIsLeftAlone(Writer writer) throws IOException {
        Path occupied = folder.resolve("file");
        Files.createDirectories(occupied.resolve("by a folder"));

        assertThatIOException()
                .isThrownBy(() -> writer.write(occupied))
                .withMessageStartingWith(occupied + " cannot be written: ");

        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(occupied.resolve("by a folder")).isDirectory();
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path obstacle = Files.writeString(folder.resolve("obstacle"), "old");

        assertThatIOException()
                .isThrownBy(() -> WholeFile.makeFolder(obstacle))
                .withMessage(
                        "folder " + obstacle + " cannot be made: " + obstacle + " is a file, where a folder is needed");
    }
}
