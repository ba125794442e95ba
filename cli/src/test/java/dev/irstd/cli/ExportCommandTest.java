package dev.irstd.cli;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExportCommandTest {
    @TempDir
    Path folder;

    private Path weights() throws IOException {
        Network network = Networks.named("RRCANet-ResNet10");
        Weights weights = Weights.initial(network, Initialisation.PYTORCH, 0.01, 1);
        Path file = folder.resolve("weights.safetensors");
        new Safetensors(Map.of(), weights.tensors(), Map.of()).write(file);
        return file;
    }

    @Test
    void logitsAndProbabilitiesGiveTheSameDetections() throws IOException {
        Path weights = weights();
        Path logits = folder.resolve("new/logits.onnx");
        Path probability = folder.resolve("probability.onnx");
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(24, 24));

        export(weights, logits, "--logits");
        export(weights, probability);

        assertThat(Cli.run("info", logits).out()).containsPattern("output +logits");
        assertThat(Cli.run("info", probability).out()).containsPattern("output +probability");
        String found = Cli.run("detect", image, "--model", logits, "--threshold", "0.001")
                .out();
        assertThat(found)
                .isNotEmpty()
                .isEqualTo(Cli.run("detect", image, "--model", probability, "--threshold", "0.001")
                        .out());
    }

    @Test
    void exportsForGpus() throws IOException {
        Path weights = weights();
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(27, 22));
        Path plain = folder.resolve("plain.onnx");
        Path samples = folder.resolve("samples.onnx");
        Path half = folder.resolve("half.onnx");

        export(weights, plain);
        export(weights, samples, "--input", "uint16", "--mask");
        export(weights, half, "--input", "uint8", "--precision", "float16", "--no-rewrite");

        assertThat(Cli.run("info", plain).out()).containsPattern("input +1 channel\\(s\\), float32");
        assertThat(Cli.run("info", samples).out())
                .containsPattern("input +1 channel\\(s\\), uint16")
                .containsPattern("output +probability, \"probability\"");
        assertThat(half).isRegularFile().satisfies(file -> assertThat(Files.size(file))
                .isLessThan(Files.size(plain) / 2));
        String found = Cli.run("detect", image, "--model", plain, "--threshold", "0.001")
                .out();
        assertThat(found)
                .isNotEmpty()
                .isEqualTo(Cli.run("detect", image, "--model", samples, "--threshold", "0.001")
                        .out());
        assertThat(Cli.run("detect", image, "--model", half, "--threshold", "0.001")
                        .status())
                .isZero();
    }

    @Test
    void calibratesOnTheTrainingSplitForEightBits() throws IOException {
        Path weights = weights();
        Path data = folder.resolve("data");
        Path int8 = folder.resolve("int8.onnx");
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(27, 22));
        for (String id : new String[] {"a", "b", "c"}) {
            Pictures.write(data.resolve("images/" + id + ".png"), Pictures.grey8(24, 24));
            Pictures.write(data.resolve("masks/" + id + ".png"), Pictures.grey8(24, 24));
        }
        Files.writeString(data.resolve("train.txt"), "a\nb\n");

        Cli cli = Cli.run(
                "export",
                "--weights",
                weights,
                "--network",
                "RRCANet-ResNet10",
                "--out",
                int8,
                "--precision",
                "int8",
                "--calibrate",
                data);

        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        assertThat(Cli.run("detect", image, "--model", int8).status()).isZero();
    }

    @Test
    void refusesEightBitsWithoutCalibrationAndCalibrationWithoutEightBits() throws IOException {
        Path weights = weights();
        Path out = folder.resolve("x.onnx");

        Cli blind = Cli.run(
                "export", "--weights", weights, "--network", "RRCANet-ResNet10", "--out", out, "--precision", "int8");
        Cli idle = Cli.run(
                "export", "--weights", weights, "--network", "RRCANet-ResNet10", "--out", out, "--calibrate", folder);

        assertThat(blind.status()).isEqualTo(1);
        assertThat(blind.err()).contains("--calibrate FOLDER");
        assertThat(idle.status()).isEqualTo(1);
        assertThat(idle.err()).contains("--precision int8");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesSamplesForANetworkOfOneSize() throws IOException {
        Network network = Networks.named("LPNetGA");
        Weights weights = Weights.initial(network, Initialisation.PYTORCH, 0.01, 1);
        Path file = folder.resolve("lpnetga.safetensors");
        new Safetensors(Map.of(), weights.tensors(), Map.of()).write(file);

        Cli cli = Cli.run(
                "export",
                "--weights",
                file,
                "--network",
                "LPNetGA",
                "--out",
                folder.resolve("x.onnx"),
                "--input",
                "uint8");

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("UINT8", "FLOAT32");
    }

    @Test
    void refusesWeightsOfASmallerNetwork() throws IOException {
        Cli cli = Cli.run("export", "--weights", weights(), "--network", "RRCANet", "--out", folder.resolve("x.onnx"));

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("RRCANet needs");
        assertThat(folder.resolve("x.onnx")).doesNotExist();
    }

    @Test
    void tellsWhatItDidNotUse() throws IOException {
        Path weights = folder.resolve("large.safetensors");
        Weights large = Weights.initial(Networks.named("RRCANet"), Initialisation.PYTORCH, 0.01, 1);
        new Safetensors(Map.of(), large.tensors(), Map.of()).write(weights);

        Cli cli = export(weights, folder.resolve("x.onnx"));

        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains(weights.toString(), "RRCANet-ResNet10");
    }

    private static Cli export(Path weights, Path out, Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of("export", "--weights", weights, "--network", "RRCANet-ResNet10", "--out", out));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray());
    }
}
