package dev.irstd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorsTest {
    @TempDir
    Path folder;

    Path model;
    Path image;

    @BeforeEach
    void writeFiles() throws IOException {
        model = GreyNetwork.write(folder.resolve("grey.onnx"));
        image = Pictures.write(folder.resolve("image.png"), Pictures.grey8(8, 8));
    }

    private static void assertFails(Cli cli, int status, String... parts) {
        assertThat(cli.status()).isEqualTo(status);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).startsWith("irstd: ").contains(parts);
    }

    @Test
    void missingModelIsNamedWithWhatThereIs() {
        assertFails(
                Cli.run("detect", image, "--model", "rrcanet99"),
                1,
                "rrcanet99",
                "[acm, amfu-rucb, resunet-rucb, rrcanet10, rrcanet18, rrcanet18-any-sensor, rrcanet34]");
    }

    @Test
    void fileThatIsNoModelIsNamed() {
        assertFails(Cli.run("detect", image, "--model", image), 1, image.toString(), "not an ONNX file");
    }

    @Test
    void cudaThatCannotRunIsAnError() {
        assertFails(Cli.run("detect", image, "--model", model, "--device", "cuda"), 1, "CUDA device 0 cannot run: ");
        assertFails(Cli.run("detect", image, "--model", model, "--device", "cuda:1"), 1, "CUDA device 1 cannot run: ");
    }

    @Test
    void manifestThatDoesNotFitIsAnError() {
        assertFails(
                Cli.run("detect", image, "--model", model, "--manifest", "imagenet-256"),
                1,
                "has 1 channel(s), the manifest says 3");
    }

    @Test
    void missingOutputIsNamedWithThoseOfTheModel() {
        assertFails(
                Cli.run("detect", image, "--model", model, "--manifest", "irstd-1k", "--output", "pred"),
                1,
                "\"pred\"",
                "[probability]");
    }

    @Test
    void unknownManifestIsNamedWithTheKnownOnes() {
        assertFails(
                Cli.run("detect", image, "--model", model, "--manifest", "nuaa"),
                2,
                "'nuaa'",
                "imagenet-256",
                "nuaa-sirst");
    }

    @Test
    void missingDatasetIsNamed() {
        Path data = folder.resolve("nowhere");

        assertFails(Cli.run("evaluate", "--data", data, "--model", model), 1, data.toString());
    }

    @Test
    void folderWithoutImagesIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertFails(Cli.run("detect", empty, "--model", model), 1, empty.toString(), ".png");
    }

    @Test
    void damagedImageIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(image);
        Path damaged = Files.write(folder.resolve("damaged.png"), Arrays.copyOf(whole, whole.length / 2));

        assertFails(Cli.run("detect", damaged, "--model", model), 1, damaged.toString(), "cannot be decoded");
    }

    @Test
    void runFolderWithoutCheckpointIsNamed() {
        assertFails(
                Cli.run("export", "--run", folder, "--out", folder.resolve("x.onnx")),
                1,
                folder.toString(),
                "checkpoint.safetensors");
    }

    @Test
    void missingWeightsAreNamed() {
        Path weights = folder.resolve("missing.safetensors");

        assertFails(
                Cli.run("export", "--weights", weights, "--out", folder.resolve("x.onnx")),
                1,
                weights + ": no such file");
    }

    @Test
    void unknownNetworkIsNamedWithTheKnownOnes() {
        assertFails(
                Cli.run("export", "--run", folder, "--out", "x", "--network", "RRCANet-19"),
                1,
                "RRCANet-19",
                "RRCANet");
    }

    @Test
    void lossThatDoesNotFitTheNetworkIsNamed() {
        Path data = folder.resolve("data");
        Cli.run("generate", "--out", data, "--count", 1, "--size", "64x64");

        assertFails(
                Cli.run("train", "--data", data, "--run", folder.resolve("run"), "--loss", "dconet"),
                1,
                "RRCANet gives logits, the loss DcoNet[] takes a reconstruction and logits");
    }

    @Test
    void gpuThatCannotTrainIsNamedBeforeAnythingIsTrained() {
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        Cli.run("generate", "--out", data, "--count", 8, "--size", "64x64");

        assertFails(
                Cli.run("train", "--data", data, "--run", run, "--patch", 64, "--device", "cuda:7"),
                1,
                "CUDA device 7 cannot train: ");
        assertThat(run.resolve("checkpoint.safetensors")).doesNotExist();
    }

    @Test
    void listThatNamesNoImageIsNamed() throws IOException {
        Path data = folder.resolve("data");
        Path list = Files.writeString(folder.resolve("held.txt"), "scene-001.png\n");
        Cli.run("generate", "--out", data, "--count", 2, "--size", "64x64");

        for (String option : List.of("--without", "--validate")) {
            assertFails(
                    Cli.run("train", "--data", data, "--run", folder.resolve("run"), option, list),
                    1,
                    list + ": none of its 1 ids",
                    "\"scene-001.png\"",
                    data.toString());
        }
        assertFails(Cli.run("evaluate", "--data", data, "--split", "train", "--without", list), 1, list.toString());
    }

    @Test
    void scenesOfAnotherSplitAreNotOverwritten() {
        Path data = folder.resolve("data");
        Cli.run("generate", "--out", data, "--count", 1, "--size", "64x64");

        assertFails(
                Cli.run("generate", "--out", data, "--count", 1, "--size", "64x64", "--split", "test"),
                1,
                data.resolve("train.txt") + " is there");
    }

    @Test
    void optionsOfFilesOfAnotherKindAreRefused() {
        Path weights = folder.resolve("x.pth");
        Path onnx = folder.resolve("x.onnx");

        assertFails(
                Cli.run("export", "--run", folder, "--out", weights, "--no-rewrite"),
                2,
                "--rewrite goes with .onnx files alone");
        assertFails(
                Cli.run("export", "--run", folder, "--out", onnx, "--wrapper", "state_dict"),
                2,
                "--wrapper goes with files of weights alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detect",
                "detect a.png --device gpu",
                "detect a.png --range 5:3",
                "detect a.png --format xml",
                "detect a.png --nonsense",
                "detect a.png --output pred",
                "evaluate",
                "export --out x.onnx",
                "export --out x.onnx --run r --weights w",
                "import",
                "import x.pth --out x.onnx",
                "import x.pth --network RRCANet",
                "import x.pth --network RRCANet --out x.pth --key-prefix net",
                "train --run r --data d --loss iou",
                "evaluate --data d --score-range 0:1",
                "evaluate --data d --worst 3",
                "evaluate --data d --scale 0",
                "evaluate --data d --predictions p --tiles 512:128",
                "train --data d --run r --validate-every 2",
                "train --data d --run r --from w --initialisation dconet",
                "generate --out x --count 1 --size 64",
                "generate --out x --count 1 --scr 5",
                "nonsense"
            })
    void unusableArgumentsExitWithTwo(String line) {
        assertFails(Cli.run((Object[]) line.split(" ")), 2, "--help");
    }

    @Test
    void debugAddsTheStackTrace() {
        Cli cli = Cli.run("detect", image, "--model", image, "--debug");

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("dev.irstd.ModelException", "\tat dev.irstd.");
    }
}
