package dev.irstd.cli;

import dev.irstd.training.checkpoint.KeyPrefix;
import dev.irstd.training.checkpoint.Layout;
import dev.irstd.training.checkpoint.StateDict;
import dev.irstd.training.checkpoint.Wrapper;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImportCommandTest {
    private static final String NETWORK = "RRCANet-ResNet10";

    @TempDir
    Path folder;

    private static StateDict stateDict() {
        Network network = Networks.named(NETWORK);
        return StateDict.of(network, Weights.initial(network, Initialisation.PYTORCH, 0.01, 1));
    }

    private Path checkpoint(Layout layout) throws IOException {
        Path file = folder.resolve("mIoU__RRCANet_NUAA-SIRST_epoch.pth.tar");
        stateDict().write(file, layout);
        return file;
    }

    private static void assertFails(Cli cli, String... parts) {
        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).startsWith("irstd: ").contains(parts);
    }

    @Test
    void givesTheSameModelAsItsWeights() throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        stateDict().write(weights, Layout.PLAIN);
        Path exported = folder.resolve("exported.onnx");
        Path imported = folder.resolve("imported.onnx");

        Cli.run("export", "--weights", weights, "--network", NETWORK, "--out", exported);
        Cli cli = Cli.run(
                "import",
                checkpoint(new Layout(KeyPrefix.MODEL, Wrapper.STATE_DICT)),
                "--network",
                NETWORK,
                "--out",
                imported);

        assertThat(cli.status()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(imported).hasSameBinaryContentAs(exported);
    }

    @Test
    void saysWhatItRead() throws IOException {
        Path checkpoint = checkpoint(new Layout(KeyPrefix.MODULE, Wrapper.NONE));
        Path out = folder.resolve("x.onnx");

        Cli cli = Cli.run("import", checkpoint, "--network", NETWORK, "--out", out);

        StateDict written = stateDict();
        assertThat(cli.out().lines().toList())
                .containsExactly(
                        checkpoint + ": " + written.tensors().size() + " tensors and "
                                + written.counters().size()
                                + " batch counters, without their prefix \"module.\"",
                        "Wrote " + out + " (" + Files.size(out) + " bytes); next: irstd evaluate --model " + out
                                + " --data FOLDER");
    }

    @ParameterizedTest
    @CsvSource({
        "nuaa-sirst, 101.06385, 34.619606",
        "unit, 0.0, 255.0",
        "'111.9,27.6', 111.9, 27.6",
    })
    void manifestHasTheNormalization(String scaling, String mean, String deviation) throws IOException {
        Path out = folder.resolve("x.onnx");

        Cli.run(
                "import",
                checkpoint(Layout.PLAIN),
                "--network",
                NETWORK,
                "--out",
                out,
                "--normalization",
                scaling,
                "--licence",
                "research use");

        assertThat(Cli.run("info", out).out())
                .contains("mean           [" + mean + "]")
                .contains("deviation      [" + deviation + "]")
                .contains("licence        research use");
    }

    @Test
    void imagenetNormalizationIsForThreeChannels() throws IOException {
        Path out = folder.resolve("x.onnx");

        assertFails(
                Cli.run(
                        "import",
                        checkpoint(Layout.PLAIN),
                        "--network",
                        NETWORK,
                        "--out",
                        out,
                        "--normalization",
                        "imagenet"),
                "imagenet is for 3 channels",
                "has 1");
        assertThat(out).doesNotExist();
    }

    @Test
    void takesTheInputChannelsFromTheFile() throws IOException {
        Network network = Networks.named(NETWORK, 3);
        Path checkpoint = folder.resolve("colour.pth");
        StateDict.of(network, Weights.initial(network, Initialisation.PYTORCH, 0.01, 1))
                .write(checkpoint, Layout.PLAIN);
        Path out = folder.resolve("x.onnx");

        Cli cli = Cli.run("import", checkpoint, "--network", NETWORK, "--out", out, "--normalization", "imagenet");

        assertThat(cli.err()).isEmpty();
        // 255 times torchvision's 0.485, 0.456, 0.406 and 0.229, 0.224, 0.225.
        assertThat(Cli.run("info", out).out())
                .contains("input          3 channel(s)")
                .contains("mean           [123.675, 116.28, 103.53]")
                .contains("deviation      [58.395, 57.12, 57.375]");
        assertFails(
                Cli.run("import", checkpoint, "--network", NETWORK, "--out", out, "--channels", "1"),
                "needs [8, 1, 3, 3]",
                "it fits RRCANet-ResNet10 with 3 input channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,2,3", "a,b", "5,0", "nan,1", "IMAGENET"})
    void unusableNormalizationIsNamed(String scaling) {
        Cli cli = Cli.run("import", "x", "--network", NETWORK, "--out", "x.onnx", "--normalization", scaling);

        assertThat(cli.status()).isEqualTo(2);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("--normalization");
    }

    @ParameterizedTest
    @CsvSource({
        "x.pth, none, none",
        "x.pth.tar, model, state_dict",
        "x.pkl, module, none",
        "x.safetensors, none, none",
        "x.safetensors, model, none"
    })
    void goesToOfficialCodeAndBack(String name, String prefix, String wrapper) throws IOException {
        Path first = folder.resolve("first.onnx");
        Path second = folder.resolve("second.onnx");
        Path official = folder.resolve("official").resolve(name);
        Path checkpoint = checkpoint(Layout.PLAIN);

        Cli.run("import", checkpoint, "--network", NETWORK, "--out", first);
        Cli export = Cli.run(
                "export",
                "--weights",
                checkpoint,
                "--network",
                NETWORK,
                "--out",
                official,
                "--key-prefix",
                prefix,
                "--wrapper",
                wrapper);
        Cli.run("import", official, "--network", NETWORK, "--out", second);

        assertThat(export.status()).isZero();
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void namesTheNetworkThatTheFileFits() throws IOException {
        Path checkpoint = checkpoint(Layout.PLAIN);

        assertFails(
                Cli.run("import", checkpoint, "--network", "RRCANet", "--out", folder.resolve("x.onnx")),
                checkpoint.toString(),
                "RRCANet needs",
                "it fits RRCANet-ResNet10");
        assertThat(folder.resolve("x.onnx")).doesNotExist();
    }

    @Test
    void unusedTensorsAreAnErrorUnlessAllowed() throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(stateDict().tensors());
        tensors.put("auxiliary.weight", new FloatTensor(List.of(1), new float[1]));
        Path checkpoint = folder.resolve("more.pth");
        new StateDict(tensors, Map.of()).write(checkpoint, Layout.PLAIN);
        Path out = folder.resolve("x.onnx");

        assertFails(
                Cli.run("import", checkpoint, "--network", NETWORK, "--out", out),
                "RRCANet-ResNet10 does not know \"auxiliary.weight\"");
        Cli allowed = Cli.run("import", checkpoint, "--network", NETWORK, "--out", out, "--allow-unused");

        assertThat(allowed.status()).isZero();
        assertThat(allowed.out()).contains("1 not of RRCANet-ResNet10 and left out: auxiliary.weight");
        assertThat(out).exists();
    }

    @Test
    void fileThatIsNoCheckpointIsNamed() throws IOException {
        Path image = Pictures.write(folder.resolve("image.png"), Pictures.grey8(8, 8));

        assertFails(
                Cli.run("import", image, "--network", NETWORK, "--out", folder.resolve("x.onnx")),
                image.toString(),
                "neither a file of torch.save nor safetensors");
    }

    @Test
    void missingCheckpointIsNamed() {
        Path missing = folder.resolve("missing.pth");

        assertFails(
                Cli.run("import", missing, "--network", NETWORK, "--out", folder.resolve("x.onnx")),
                missing + ": no such file");
    }

    @Test
    void unknownFormatIsNamedWithTheKnownOnes() throws IOException {
        assertFails(
                Cli.run("import", checkpoint(Layout.PLAIN), "--network", NETWORK, "--out", "model.tflite"),
                "model.tflite",
                ".onnx, .safetensors, .pth");
    }

    @Test
    void wrapperDoesNotFitSafetensors() throws IOException {
        assertFails(
                Cli.run(
                        "import",
                        checkpoint(Layout.PLAIN),
                        "--network",
                        NETWORK,
                        "--out",
                        folder.resolve("x.safetensors"),
                        "--wrapper",
                        "state_dict"),
                "x.safetensors",
                "no wrapper");
    }
}
