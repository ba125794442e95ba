package dev.irstd.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.irstd.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Two images of 16x16: one with its target found and a false alarm of the same area, one where a false pixel is all. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    Path model;
    Path data;
    Path out;

    @BeforeEach
    void writeDataset() throws IOException {
        model = GreyNetwork.write(folder.resolve("grey.onnx"));
        data = folder.resolve("data");
        out = folder.resolve("out");
        Box target = new Box(3, 3, 2, 2);
        write("found", target, target, new Box(10, 10, 2, 2));
        write("missed", target, new Box(12, 2, 1, 1));
        Files.writeString(data.resolve("test.txt"), "found\nmissed\n");
    }

    private void write(String id, Box target, Box... bright) throws IOException {
        Pictures.write(data.resolve("images/" + id + ".png"), Pictures.grey8(16, 16, bright));
        Pictures.write(data.resolve("masks/" + id + ".png"), Pictures.grey8(16, 16, target));
    }

    private Cli evaluate(Object... more) {
        Object[] arguments = new Object[more.length + 5];
        List.of("evaluate", "--data", data, "--model", model).toArray(arguments);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Cli.run(arguments);
    }

    @Test
    void printsTheFiguresOfTheFieldWithTheirIntervals() {
        Cli cli = evaluate();

        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        // Of 8 true and 9 predicted pixels 4 agree: IoU 4/13, nIoU (4/8 + 0/5) / 2, F1 8/17. Resamples of two images
        // draw one of them twice often enough to be the interval: IoU 0/5 to 4/8.
        assertThat(cli.out())
                .containsPattern(
                        "grey +0\\.3077 +0\\.0000 to 0\\.5000 +0\\.2500 +0\\.0000 to 0\\.5000 +0\\.4444 +0\\.5000"
                                + " +0\\.4706");
        // False alarms of 4 + 1 of 512 pixels; the legacy rule forgets the 4, the area of the target's prediction.
        assertThat(cli.out())
                .containsPattern(
                        "MARKED +grey +0\\.5000 +0\\.0000 to 1\\.0000 +9765\\.63 +3906\\.25 to 15625\\.00 +1/2")
                .containsPattern("OPTIMAL_ASSIGNMENT +grey +0\\.5000 +\\S+ to \\S+ +9765\\.63 ")
                .containsPattern("LEGACY_AREA +grey +0\\.5000 +\\S+ to \\S+ +1953\\.13 ")
                .containsPattern("DCONET +grey +0\\.5000 +\\S+ to \\S+ +1\\.91 ")
                .containsPattern("LPNETGA +grey +0\\.5000 +\\S+ to \\S+ +1\\.0000 an image ");
    }

    @Test
    void namesModelDataAndSettings() {
        Cli cli = evaluate("--threshold", "0.25");

        assertThat(cli.out())
                .contains("model       " + model + " (Grey, version 3)")
                .contains("data        " + data + ", split test")
                .contains("images      2")
                .contains("threshold   0.25")
                .contains("device      CPU")
                .containsPattern("time +\\d+\\.\\d ms an image")
                .containsPattern("date +\\d{4}-\\d\\d-\\d\\d");
    }

    @Test
    void measuresImagesAndMasksOfAnotherSizeWhenAsked() throws IOException {
        Cli cli = evaluate("--scale", 2, "--out", out, "--maps", "png8");

        // Target and false alarms of 16, 16 and 4 pixels, of which interpolation leaves some at one half or less.
        assertThat(cli.status()).isZero();
        assertThat(cli.out()).contains("scale       2.0").containsPattern("MARKED +grey +0\\.5000 .* 1/2");
        assertThat(ImageIO.read(out.resolve("maps-png8/found.png").toFile()).getWidth())
                .isEqualTo(32);
        assertThat(Files.readString(out.resolve("metrics.json"))).contains("\"scale\": 2.0");
    }

    @Test
    void leavesOutAnImageWhoseTargetVanishesAtThatSize() {
        Cli cli = evaluate("--scale", 0.2);

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("found", "at 0.2 times its size one of its targets covers no pixel");
    }

    @Test
    void printsTheWantedProtocolsOnly() {
        assertThat(evaluate("--protocol", "dconet,legacy_area").out())
                .containsPattern("(?s)DCONET.*LEGACY_AREA")
                .doesNotContain("MARKED", "LPNETGA");
    }

    @Test
    void writesTheFiguresAsFlatJson() throws IOException {
        evaluate("--out", out);

        JsonObject json = JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
                .getAsJsonObject();
        assertThat(json.entrySet()).allMatch(entry -> entry.getValue().isJsonPrimitive());
        assertThat(json.get("mIoU").getAsDouble()).isEqualTo(4 / 13.0);
        assertThat(json.get("mIoU_low").getAsDouble()).isZero();
        assertThat(json.get("mIoU_high").getAsDouble()).isEqualTo(0.5);
        assertThat(json.get("nIoU").getAsDouble()).isEqualTo(0.25);
        assertThat(json.get("protocol").getAsString()).isEqualTo("MARKED");
        assertThat(json.get("Pd").getAsDouble()).isEqualTo(0.5);
        assertThat(json.get("Fa").getAsDouble()).isCloseTo(5 / 512.0, within(1e-15));
        assertThat(json.get("Fa_LEGACY_AREA").getAsDouble()).isCloseTo(1 / 512.0, within(1e-15));
        assertThat(json.get("images").getAsInt()).isEqualTo(2);
        assertThat(json.get("split").getAsString()).isEqualTo("test");
        assertThat(json.keySet()).contains("model", "data", "threshold", "date", "Pd_low", "Fa_high");
    }

    @Test
    void givesUndefinedFiguresAsNull() throws IOException {
        write("missed", new Box(3, 3, 2, 2));
        Path ids = Files.writeString(folder.resolve("mine.txt"), "missed\n");

        evaluate("--split", ids, "--out", out);

        assertThat(JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
                        .getAsJsonObject()
                        .get("precision")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void writesTheCountsOfEachImage() throws IOException {
        evaluate("--out", out);

        assertThat(out.resolve("images.csv"))
                .content()
                .isEqualTo(
                        """
                        id,intersection,union,iou,targets,matched,false_alarms,false_pixels
                        found,4,8,0.5,1,1,1,4
                        missed,0,5,0.0,1,0,1,1
                        """);
    }

    @Test
    void writesTheCurveOfTheWantedProtocols() throws IOException {
        evaluate("--out", out, "--protocol", "MARKED,LEGACY_AREA");

        assertThat(Files.readAllLines(out.resolve("roc.csv")))
                .startsWith("threshold,precision,recall,iou,pd_marked,fa_marked,pd_legacy_area,fa_legacy_area")
                .contains("0.5," + 4.0 / 9 + ",0.5," + 4.0 / 13 + ",0.5,0.009765625,0.5,0.001953125")
                .hasSizeGreaterThan(301);
    }

    @Test
    void drawsCurveAndWorstImages() throws IOException {
        evaluate("--out", out, "--worst", "1");

        assertThat(ImageIO.read(out.resolve("roc.png").toFile()).getWidth()).isEqualTo(800);
        BufferedImage oneTile = ImageIO.read(out.resolve("worst.png").toFile());
        evaluate("--out", out, "--worst", "2");
        assertThat(ImageIO.read(out.resolve("worst.png").toFile()).getWidth()).isGreaterThan(oneTile.getWidth());
    }

    @Test
    void drawsNoSheetWhenToldSo() {
        evaluate("--out", out, "--worst", "0");

        assertThat(out.resolve("roc.png")).exists();
        assertThat(out.resolve("worst.png")).doesNotExist();
    }

    @Test
    void comparesSeveralModelsWithTheFirst() throws IOException {
        Path better = folder.resolve("better");
        Pictures.write(better.resolve("found.png"), Pictures.grey8(16, 16, new Box(3, 3, 2, 2)));
        Pictures.write(better.resolve("missed.png"), Pictures.grey8(16, 16, new Box(3, 3, 2, 2)));

        Cli cli = evaluate("--predictions", better, "--out", out);

        assertThat(cli.out())
                .containsPattern("MARKED +grey +0\\.5000")
                .containsPattern("MARKED +better +1\\.0000")
                .contains("compared with grey")
                .containsPattern("better +mIoU +\\+0\\.6923 +0\\.5000 to 1\\.0000")
                .containsPattern("better +Fa x1e6 +-9765\\.63 ");
        assertThat(out.resolve("roc.png")).exists();
        for (String name : new String[] {"grey", "better"}) {
            assertThat(out.resolve(name)).isDirectoryContaining(file -> file.endsWith("metrics.json"));
            assertThat(out.resolve(name)).isDirectoryContaining(file -> file.endsWith("worst.png"));
        }
    }

    @Test
    void leavesOutWhatItIsToldTo() throws IOException {
        Path ids = Files.writeString(folder.resolve("leaks.txt"), "missed\nunknown\n");

        assertThat(evaluate("--without", ids).out())
                .contains("images      1")
                .contains("without     [" + ids + "]")
                .containsPattern("MARKED +grey +1\\.0000");
    }

    @Test
    void takesAListOfIdsAsSplit() throws IOException {
        Path ids = Files.writeString(folder.resolve("mine.txt"), "missed\n");

        assertThat(evaluate("--split", ids).out())
                .contains("split " + ids)
                .containsPattern("MARKED +grey +0\\.0000 .* 3906\\.25 .*0/1");
    }

    @Test
    void namesWhatItCouldNotMeasureAndGoesOn() throws IOException {
        Files.writeString(data.resolve("test.txt"), "found\nabsent\nmissed\n");
        Files.writeString(data.resolve("masks/missed.png"), "no picture");

        Cli cli = evaluate();

        assertThat(cli.status()).isZero();
        assertThat(cli.out()).contains("images      1 of 3").containsPattern("MARKED +grey +1\\.0000");
        assertThat(cli.err().lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .contains("grey: 2 of 3 images could not be measured");
        assertThat(cli.err()).contains("absent: ", "no image \"absent\"", "missed: ", "missed.png");
    }

    @Test
    void failsOverWhatItCouldNotMeasureWhenStrict() throws IOException {
        assertThat(evaluate("--strict").status()).isZero();
        Files.delete(data.resolve("images/missed.png"));

        Cli cli = evaluate("--strict", "--out", out);

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("no image \"missed\"");
        assertThat(out.resolve("metrics.json")).exists();
    }

    @Test
    void failsWhereNothingCanBeMeasured() throws IOException {
        Files.delete(data.resolve("images/missed.png"));
        Files.delete(data.resolve("images/found.png"));

        Cli cli = evaluate();

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("none of 2 images could be measured", "no image \"found\"");
    }

    @Test
    void refusesToMeasureNothing() throws IOException {
        Path ids = Files.writeString(folder.resolve("all.txt"), "missed\nfound\n");

        Cli cli = evaluate("--without", ids);

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("no image is left");
    }
}
