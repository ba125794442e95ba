package dev.irstd.cli;

import dev.irstd.training.Trainer;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingLoopTest {
    /** The second network is one that the examples provide, the third takes images in [0, 1] and has its own loss. */
    @ParameterizedTest
    @CsvSource({"RRCANet-ResNet10, 8, 101.06385", "Recurrent-8, 2, 101.06385", "DCONet, 32, 0.0"})
    void generatedScenesBecomeADetector(String network, int multiple, String mean, @TempDir Path folder) {
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        Path model = folder.resolve("model.onnx");

        succeed("generate", "--out", data, "--count", 8, "--size", "64x64");
        succeed(
                "train",
                "--network",
                network,
                "--data",
                data,
                "--run",
                run,
                "--epochs",
                1,
                "--batch",
                4,
                "--patch",
                64,
                "--threads",
                1);
        succeed(
                "export",
                "--run",
                run,
                "--network",
                network,
                "--out",
                model,
                "--trained-on",
                "eight scenes",
                "--model-version",
                "0.0.1",
                "--threshold",
                0.3);

        assertThat(succeed("info", model))
                .containsPattern("network +" + network + "\\R")
                .containsPattern("version +0\\.0\\.1\\R")
                .containsPattern("training data +eight scenes\\R")
                .containsPattern("threshold +0\\.3\\R")
                .contains("mean           [" + mean + "]")
                .containsPattern("geometry +padded to multiples of " + multiple + "\\R");
        assertThat(succeed("evaluate", "--data", data, "--split", "train", "--model", model))
                .contains("images      8")
                .containsPattern("MARKED +model .* \\d+/24");
        assertThat(succeed("detect", data, "--model", model).lines()).hasSizeGreaterThan(8);

        Cli other = Cli.run("export", "--run", run, "--network", "RRCANet", "--out", model);
        assertThat(other.status()).isEqualTo(1);
    }

    @Test
    void trainsOnSeveralDataSetsFromWeightsInAFile(@TempDir Path folder) throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        Path weights = folder.resolve("weights.safetensors");
        Path heldOut = folder.resolve("held-out.txt");
        Path run = folder.resolve("run");
        succeed("generate", "--out", one, "--count", 4, "--size", "32x32", "--targets", 1);
        succeed("generate", "--out", other, "--count", 3, "--size", "48x32", "--targets", 1, "--seed", 9);
        Files.writeString(
                heldOut, Files.readAllLines(other.resolve("train.txt")).get(2));
        Object[] onBoth = {"train", "--data", one, "--data", other, "--without", heldOut, "--batch", 2, "--patch", 32};

        assertThat(succeed(with(onBoth, "--run", folder.resolve("first"), "--epochs", 1, "--threads", 1)))
                .contains("Trained RRCANet on 5 images");
        succeed("export", "--run", folder.resolve("first"), "--out", weights);
        Object[] onwards = {"--from", weights, "--run", run, "--epochs", 1, "--threads", 1, "--learning-rate", 1e-9};
        succeed(with(with(onBoth, "--augmentation", "any-sensor", "--precision", "bfloat16"), onwards));

        Weights before =
                Trainer.read(RRCANet.rrcanet18(), folder.resolve("first")).averaged();
        Weights after = Trainer.read(RRCANet.rrcanet18(), run).averaged();
        String convolution = "conv0_0.0.conv1.weight";
        assertThat(after.get(convolution).values())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(before.get(convolution).values());
    }

    @Test
    void exportsTheMeanOfRunsThatWentOnFromOneAnother(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Path file = folder.resolve("mean.safetensors");
        succeed("generate", "--out", data, "--count", 2, "--size", "32x32", "--targets", 1);
        Object[] train = {"train", "--data", data, "--epochs", 1, "--batch", 2, "--patch", 32, "--threads", 1};
        succeed(with(train, "--run", first));
        succeed(with(train, "--run", second, "--from", first));

        succeed("export", "--run", first, "--run", second, "--out", file);

        Weights mean = Weights.mean(List.of(
                Trainer.read(RRCANet.rrcanet18(), first).averaged(),
                Trainer.read(RRCANet.rrcanet18(), second).averaged()));
        Weights written = Weights.of(RRCANet.rrcanet18(), Safetensors.read(file).tensors());
        mean.tensors()
                .forEach((name, tensor) ->
                        assertThat(written.get(name).values()).as(name).containsExactly(tensor.values()));
    }

    @Test
    void refusesTheMeanOfRunsThatWereFedDifferently(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        succeed("generate", "--out", data, "--count", 2, "--size", "32x32", "--targets", 1);
        Object[] train = {"train", "--data", data, "--epochs", 1, "--batch", 2, "--patch", 32, "--threads", 1};
        succeed(with(train, "--run", folder.resolve("a")));
        succeed(with(train, "--run", folder.resolve("b"), "--normalization", "unit"));

        Cli cli = Cli.run(
                "export",
                "--run",
                folder.resolve("a"),
                "--run",
                folder.resolve("b"),
                "--out",
                folder.resolve("x.onnx"));

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err()).contains("different scalings");
    }

    @Test
    void measuresAfterEachEpochOnImagesThatItDoesNotTrainOn(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path ids = folder.resolve("validation.txt");
        Path run = folder.resolve("run");
        succeed("generate", "--out", data, "--count", 6, "--size", "32x32", "--targets", 1);
        Files.write(ids, Files.readAllLines(data.resolve("train.txt")).subList(0, 2));
        Object[] train = {"train", "--data", data, "--run", run, "--batch", 2, "--patch", 32, "--threads", 1};
        Object[] pasting = with(train, "--paste", 0.5, "--scale", "0.5:2");

        assertThat(succeed(with(pasting, "--epochs", 3, "--validate", ids, "--validate-every", 2)))
                .contains("Trained RRCANet on 4 images");

        List<String> lines = Files.readAllLines(run.resolve("validation.csv"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo("epoch,miou,niou,pd,fa");
        assertThat(lines.get(1)).startsWith("2,");
        assertThat(ImageIO.read(run.resolve("curve.png").toFile()).getWidth()).isEqualTo(800);
    }

    @Test
    void startsADeeperNetworkFromAShallowerOne(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path file = folder.resolve("shallow.safetensors");
        Path run = folder.resolve("run");
        succeed("generate", "--out", data, "--count", 2, "--size", "32x32", "--targets", 1);
        Weights shallow = Weights.initial(RRCANet.rrcanet10(), Initialisation.PYTORCH, 0.01, 3);
        new Safetensors(Map.of(), shallow.tensors(), Map.of()).write(file);
        Object[] deeper = {
            "train",
            "--network",
            "RRCANet-ResNet34",
            "--data",
            data,
            "--run",
            run,
            "--epochs",
            1,
            "--batch",
            2,
            "--patch",
            32,
            "--threads",
            1,
            "--learning-rate",
            1e-9
        };

        Cli whole = Cli.run(with(deeper, "--from", file));
        Cli partial = Cli.run(with(deeper, "--from", file, "--partial"));

        assertThat(whole.status()).isEqualTo(1);
        assertThat(partial.err())
                .contains("gives " + shallow.tensors().size() + " of the ")
                .contains("RRCANet-ResNet34");
        assertThat(partial.status()).isZero();
        String convolution = "iteration0_layer3_encoder_convs.operator.3.weight";
        assertThat(Trainer.read(RRCANet.rrcanet34(), run)
                        .averaged()
                        .get(convolution)
                        .values())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(shallow.get(convolution).values());
        assertThat(Cli.run(with(deeper, "--partial")).err()).contains("--from FILE");
        assertThat(Cli.run(with(deeper, "--from", run, "--partial")).err()).contains("--from FILE");
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
    }

    private static String succeed(Object... arguments) {
        Cli cli = Cli.run(arguments);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        return cli.out();
    }
}
