package dev.irstd.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.irstd.Box;
import dev.irstd.InfraredImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DetectCommandTest {
    /** Centre (5, 8), area 9. */
    private static final Box TARGET = new Box(4, 7, 3, 3);

    @TempDir
    Path folder;

    Path model;

    @BeforeEach
    void exportModel() throws IOException {
        model = GreyNetwork.write(folder.resolve("grey.onnx"));
    }

    @Test
    void printsOneTableForAllImages() throws IOException {
        Path with = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));
        Path without = Pictures.write(folder.resolve("b.png"), Pictures.grey8(20, 16));

        Cli cli = Cli.run("detect", with, without, "--model", model);

        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        assertThat(cli.out().lines().map(line -> line.strip().split("\\s+")))
                .containsExactly(
                        new String[] {"image", "x", "y", "score", "area"},
                        new String[] {with.toString(), "5.00", "8.00", "1.000", "9"},
                        new String[] {without.toString(), "no", "target"});
    }

    @Test
    void tilesFindTheSameTargets() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));

        Cli whole = Cli.run("detect", image, "--model", model);
        Cli tiled = Cli.run("detect", image, "--model", model, "--tiles", "8:2");
        Cli wrong = Cli.run("detect", image, "--model", model, "--tiles", "8:8");

        assertThat(tiled.out()).isEqualTo(whole.out());
        assertThat(wrong.err()).contains("--tiles", "overlap by 8");
    }

    @Test
    void printsCsv() throws IOException {
        Path image = Pictures.write(folder.resolve("a,b.png"), Pictures.grey8(20, 16, TARGET));

        Cli cli = Cli.run("detect", image, "--model", model, "--format", "csv");

        // The logit of white is 10: 1 / (1 + exp(-10)) = 0.9999546.
        assertThat(cli.out()).isEqualTo("image,x,y,score,area\n\"" + image + "\",5.0,8.0,0.9999546,9\n");
    }

    @Test
    void printsJson() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));
        Path text = Files.writeString(folder.resolve("b.png"), "not an image");

        Cli cli = Cli.run("detect", text, image, "--model", model, "--format", "json");

        JsonArray images = JsonParser.parseString(cli.out()).getAsJsonArray();
        assertThat(images).hasSize(1);
        JsonObject found = images.get(0).getAsJsonObject();
        assertThat(found.get("image").getAsString()).isEqualTo(image.toString());
        assertThat(found.get("width").getAsInt()).isEqualTo(20);
        JsonObject target = found.getAsJsonArray("targets").get(0).getAsJsonObject();
        assertThat(target.get("x").getAsDouble()).isEqualTo(5);
        assertThat(target.get("y").getAsDouble()).isEqualTo(8);
        assertThat(target.getAsJsonObject("box").get("height").getAsInt()).isEqualTo(3);
    }

    @Test
    void processesTheOtherImagesWhenOneIsUnreadable() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));
        Path text = Files.writeString(folder.resolve("notes.png"), "not an image");
        Path missing = folder.resolve("missing.png");

        Cli cli = Cli.run("detect", text, missing, image, "--model", model);

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines())
                .containsExactly(
                        "irstd: " + text + ": not an image that can be read (PNG, TIFF, BMP or JPEG)",
                        "irstd: " + missing + ": no such file");
        assertThat(cli.out()).contains(image.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif", "bmp", "jpg"})
    void readsEveryFormatOfEightBits(String ending) throws IOException {
        Path image = Pictures.write(folder.resolve("a." + ending), Pictures.grey8(32, 32, new Box(8, 8, 8, 8)));

        assertThat(Cli.run("detect", image, "--model", model, "--format", "csv").out())
                .contains(",11.5,11.5,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void keepsSixteenBits(String ending) throws IOException {
        // 9000 of 65535 is dark, 9000 of 16383 above the middle.
        Path image = Pictures.write(folder.resolve("a." + ending), Pictures.grey16(20, 16, 9000, TARGET));

        assertThat(Cli.run("detect", image, "--model", model).out()).contains("no target");
        assertThat(Cli.run("detect", image, "--model", model, "--range", "0:16383")
                        .out())
                .contains("5.00");
        assertThat(Cli.run("detect", image, "--model", model, "--range", "per-image")
                        .out())
                .contains("5.00");
    }

    @Test
    void thresholdOptionReplacesTheModelsOwn() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));

        assertThat(Cli.run("detect", image, "--model", model, "--threshold", "0.99996")
                        .out())
                .contains("no target");
    }

    @Test
    void manifestOptionReplacesTheModelsOwn() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(20, 16, TARGET));

        Cli cli = Cli.run(
                "detect",
                image,
                "--model",
                model,
                "--manifest",
                "nuaa-sirst",
                "--output",
                "probability",
                "--format",
                "csv");

        // White is (255 - 101.06) / 34.62 = 4.4, so that its logit is 79 and not 10.
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).endsWith(",5.0,8.0,1.0,9\n");
    }

    @Test
    void takesTheImagesOfADatasetFolderAndNotItsMasks() throws IOException {
        Path image = Pictures.write(folder.resolve("data/images/a.png"), Pictures.grey8(20, 16, TARGET));
        Pictures.write(folder.resolve("data/masks/a.png"), Pictures.grey8(20, 16, TARGET));

        Cli cli = Cli.run("detect", folder.resolve("data"), "--model", model);

        assertThat(cli.out().lines().skip(1)).hasSize(1).first().asString().startsWith(image.toString());
    }

    @Test
    void writesMaskScoresAndOverlay() throws IOException {
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(64, 32, new Box(20, 10, 2, 2)));
        Path out = folder.resolve("found");

        Cli.run("detect", image, "--model", model, "--out", out);

        InfraredImage mask =
                InfraredImage.of(ImageIO.read(out.resolve("a-mask.png").toFile()));
        assertThat(mask).isEqualTo(InfraredImage.of(Pictures.grey8(64, 32, new Box(20, 10, 2, 2))));
        InfraredImage scores =
                InfraredImage.of(ImageIO.read(out.resolve("a-scores.png").toFile()));
        assertThat(scores.bits()).isEqualTo(16);
        // 65535 / (1 + exp(-10)) = 65532.02, and 65535 - 65532.02 = 2.98.
        assertThat(scores.sample(20, 10)).isEqualTo(65532);
        assertThat(scores.sample(0, 0)).isEqualTo(3);
        BufferedImage overlay = ImageIO.read(out.resolve("a-overlay.png").toFile());
        // 1024 / 64 = 16 times as large; the box keeps 4 pixels off the target.
        assertThat(overlay.getWidth()).isEqualTo(1024);
        assertThat(overlay.getRGB(21 * 16, 11 * 16)).isEqualTo(0xFFFFFFFF);
        assertThat(overlay.getRGB(16 * 16, 11 * 16)).isEqualTo(0xFFFFC400);
        assertThat(overlay.getRGB(0, 0)).isEqualTo(0xFF000000);
    }

    @Test
    void keepsResultsOfEqualFileNamesApart() throws IOException {
        Path a = Pictures.write(folder.resolve("one/a.png"), Pictures.grey8(8, 8));
        Path b = Pictures.write(folder.resolve("two/a.png"), Pictures.grey8(8, 8));
        Path out = folder.resolve("found");

        Cli.run("detect", a, b, "--model", model, "--out", out);

        assertThat(out.resolve("a-mask.png")).exists();
        assertThat(out.resolve("a-2-mask.png")).exists();
    }
}
