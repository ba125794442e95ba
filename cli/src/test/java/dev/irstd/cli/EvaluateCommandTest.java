package dev.irstd.cli;

import dev.irstd.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two images of 16x16: one with its target found and a false alarm of the same area, one where a false pixel is all. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    Path model;
    Path data;

    @BeforeEach
    void writeDataset() throws IOException {
        model = GreyNetwork.write(folder.resolve("grey.onnx"));
        data = folder.resolve("data");
        Box target = new Box(3, 3, 2, 2);
        write("found", target, target, new Box(10, 10, 2, 2));
        write("missed", target, new Box(12, 2, 1, 1));
        Files.writeString(data.resolve("test.txt"), "found\nmissed\n");
    }

    private void write(String id, Box target, Box... bright) throws IOException {
        Pictures.write(data.resolve("images/" + id + ".png"), Pictures.grey8(16, 16, bright));
        Pictures.write(data.resolve("masks/" + id + ".png"), Pictures.grey8(16, 16, target));
    }

    @Test
    void printsTheFiguresOfTheField() {
        Cli cli = Cli.run("evaluate", "--data", data, "--model", model);

        assertThat(cli.err()).isEmpty();
        // Of 8 true and 9 predicted pixels 4 agree: IoU 4/13, nIoU (4/8 + 0/5) / 2, F1 8/17.
        assertThat(cli.out()).containsPattern("all +0\\.3077 +0\\.2500 +0\\.4444 +0\\.5000 +0\\.4706");
        // False alarms of 4 + 1 of 512 pixels; the legacy rule forgets the 4, the area of the target's prediction.
        assertThat(cli.out()).containsPattern("LEGACY_AREA +0\\.5000 +1953\\.13 +1/2");
        assertThat(cli.out()).containsPattern("MARKED +0\\.5000 +9765\\.63 +1/2");
    }

    @Test
    void namesModelDataAndSettings() {
        Cli cli = Cli.run("evaluate", "--data", data, "--model", model, "--threshold", "0.25");

        assertThat(cli.out())
                .contains("model      " + model + " (Grey, version 3)")
                .contains("data       " + data + ", split test")
                .contains("images     2")
                .contains("threshold  0.25")
                .contains("device     CPU")
                .containsPattern("time +\\d+\\.\\d ms an image")
                .containsPattern("date +\\d{4}-\\d\\d-\\d\\d");
    }

    @Test
    void writesTheCountsOfEachImage() throws IOException {
        Path csv = folder.resolve("images.csv");

        Cli.run("evaluate", "--data", data, "--model", model, "--csv", csv);

        assertThat(csv)
                .content()
                .isEqualTo("id,intersection,union,targets,matched,false_pixels\nfound,4,8,1,1,4\nmissed,0,5,1,0,1\n");
    }

    @Test
    void writesTheRocCurve() throws IOException {
        Path roc = folder.resolve("roc.csv");

        Cli.run("evaluate", "--data", data, "--model", model, "--roc", roc);

        assertThat(Files.readAllLines(roc))
                .hasSize(302)
                .contains("0.5,0.5,0.001953125,0.5,0.009765625," + 4.0 / 9 + ",0.5," + 4.0 / 13);
    }

    @Test
    void leavesOutWhatItIsToldTo() throws IOException {
        Path ids = Files.writeString(folder.resolve("leaks.txt"), "missed\nunknown\n");

        Cli cli = Cli.run("evaluate", "--data", data, "--model", model, "--without", ids);

        assertThat(cli.out()).contains("images     1").containsPattern("MARKED +1\\.0000");
    }

    @Test
    void takesAListOfIdsAsSplit() throws IOException {
        Path ids = Files.writeString(folder.resolve("mine.txt"), "missed\n");

        Cli cli = Cli.run("evaluate", "--data", data, "--model", model, "--split", ids);

        assertThat(cli.out()).contains("split " + ids).containsPattern("MARKED +0\\.0000 +3906\\.25 +0/1");
    }

    @Test
    void refusesToMeasureNothing() throws IOException {
        Path ids = Files.writeString(folder.resolve("all.txt"), "missed\nfound\n");

        Cli cli = Cli.run("evaluate", "--data", data, "--model", model, "--without", ids);

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("no image is left");
    }
}
