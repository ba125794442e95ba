package dev.irstd.cli;

import dev.irstd.Box;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Score maps and masks that others wrote. */
class PredictionsTest {
    private static final Box TARGET = new Box(3, 3, 2, 2);

    @TempDir
    Path folder;

    Path data;
    Path predictions;

    @BeforeEach
    void writeDataset() throws IOException {
        data = folder.resolve("data");
        predictions = Files.createDirectories(folder.resolve("theirs"));
        for (String id : new String[] {"a", "b"}) {
            Pictures.write(data.resolve("images/" + id + ".png"), Pictures.grey8(16, 12, TARGET));
            Pictures.write(data.resolve("masks/" + id + ".png"), Pictures.grey8(16, 12, TARGET));
            Pictures.write(predictions.resolve(id + ".png"), Pictures.grey8(16, 12, TARGET));
        }
        Files.writeString(data.resolve("test.txt"), "a\nb\n");
    }

    private Cli evaluate(Object... more) {
        Object[] arguments = new Object[more.length + 5];
        System.arraycopy(new Object[] {"evaluate", "--data", data, "--predictions", predictions}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Cli.run(arguments);
    }

    @Test
    void scoresMasks() {
        Cli cli = evaluate();

        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .contains("predictions " + predictions)
                .contains("threshold   0.5")
                .containsPattern("theirs +1\\.0000 +1\\.0000 to 1\\.0000 +1\\.0000")
                .containsPattern("MARKED +theirs +1\\.0000 .* 0\\.00 .*2/2");
    }

    /** 40 000 of 65 535 is a probability of 0.61. */
    @Test
    void takesSixteenBitsForWhatTheyAre() throws IOException {
        Pictures.write(predictions.resolve("a.png"), Pictures.grey16(16, 12, 40_000, TARGET));

        assertThat(evaluate("--threshold", 0.6).out()).containsPattern("MARKED +theirs +1\\.0000");
        assertThat(evaluate("--threshold", 0.62).out()).containsPattern("MARKED +theirs +0\\.5000");
    }

    @Test
    void pointsOutMasksOfZeroAndOneInEightBits() throws IOException {
        for (String id : new String[] {"a", "b"}) {
            Pictures.write(predictions.resolve(id + ".png"), Pictures.grey8(16, 12, 1, TARGET));
        }

        Cli low = evaluate();
        Cli right = evaluate("--score-range", "0:1");

        assertThat(low.err()).contains("masks of 0 and 1", "--score-range 0:1");
        assertThat(low.out()).containsPattern("MARKED +theirs +0\\.0000");
        assertThat(right.err()).isEmpty();
        assertThat(right.out()).containsPattern("MARKED +theirs +1\\.0000");
    }

    @Test
    void namesAMissingFile() throws IOException {
        Files.delete(predictions.resolve("b.png"));

        assertLeavesOutB(evaluate(), "neither", "b.mat");
    }

    @Test
    void namesADamagedFile() throws IOException {
        Path file = predictions.resolve("b.png");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertLeavesOutB(evaluate(), "b.png", "cannot be decoded");
    }

    @Test
    void namesADamagedMatFile() throws IOException {
        Files.delete(predictions.resolve("b.png"));
        byte[] noise = new byte[400];
        new Random(1).nextBytes(noise);
        Files.write(predictions.resolve("b.mat"), noise);

        assertLeavesOutB(evaluate(), "b.mat", "level 5");
    }

    @Test
    void namesAFileOfAnotherSize() throws IOException {
        Pictures.write(predictions.resolve("b.png"), Pictures.grey8(12, 16, TARGET));

        assertLeavesOutB(evaluate(), "b.png has 12x16 pixels, the image 16x12");
    }

    private static void assertLeavesOutB(Cli cli, String... reasons) {
        assertThat(cli.status()).isZero();
        assertThat(cli.out()).contains("images      1 of 2").containsPattern("MARKED +theirs +1\\.0000");
        assertThat(cli.err().lines()).hasSize(2);
        assertThat(cli.err())
                .contains("theirs: 1 of 2 images")
                .contains("irstd: b: ")
                .contains(reasons);
    }

    @Test
    void comparesOnTheImagesThatBothHave() throws IOException {
        Path others = folder.resolve("others");
        Pictures.write(others.resolve("a.png"), Pictures.grey8(16, 12));

        assertThat(evaluate("--predictions", others).out())
                .containsPattern("others +mIoU +-1\\.0000 +-1\\.0000 to -1\\.0000");
    }

    @Test
    void reportsBothWhereTheyHaveNoImageInCommon() throws IOException {
        Path others = folder.resolve("others-0.5");
        Pictures.write(others.resolve("a.png"), Pictures.grey8(16, 12));
        Files.delete(predictions.resolve("a.png"));

        Cli cli = evaluate("--predictions", others);

        assertThat(cli.status()).isZero();
        assertThat(cli.out())
                .containsPattern("MARKED +theirs +1\\.0000")
                .containsPattern("MARKED +others-0\\.5 +0\\.0000")
                .containsPattern("others-0\\.5 +no image in common");
    }

    @Test
    void leavesOutWhatIsNoGreyImage() throws IOException {
        Path floats = folder.resolve("floats.tif");
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        WritableRaster raster = model.createCompatibleWritableRaster(16, 12);
        ImageIO.write(new BufferedImage(model, raster, false, null), "tiff", floats.toFile());
        Path file = Files.move(floats, predictions.resolve("b.png"), StandardCopyOption.REPLACE_EXISTING);

        assertLeavesOutB(evaluate(), file + ": ");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Cli cli = Cli.run("evaluate", "--data", data, "--predictions", folder.resolve("nowhere"));

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("nowhere: no such folder");
    }

    /** What a model's maps score is what the model scores. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "png8", "mat"})
    void readsBackTheMapsOfAModel(String format) throws IOException {
        Path model = GreyNetwork.write(folder.resolve("grey.onnx"));
        Path out = folder.resolve("out");
        Pictures.write(data.resolve("images/b.png"), Pictures.grey8(16, 12, new Box(9, 9, 1, 1)));

        Cli ofModel = Cli.run("evaluate", "--data", data, "--model", model, "--out", out, "--maps", format);
        Cli ofMaps = Cli.run("evaluate", "--data", data, "--predictions", out.resolve("maps-" + format));

        assertThat(ofModel.out()).containsPattern("MARKED +grey +0\\.5000 .*1/2");
        assertThat(figures(ofMaps)).isEqualTo(figures(ofModel));
    }

    private static String figures(Cli cli) {
        String tables = cli.out().substring(cli.out().indexOf("pixels "));
        return tables.replaceAll("grey|maps-\\w+", "").replaceAll(" +", " ");
    }

    @Test
    void wantsAFolderForMaps() {
        Cli cli = evaluate("--maps", "png");

        assertThat(cli.status()).isEqualTo(2);
        assertThat(cli.err()).contains("--out");
    }
}
