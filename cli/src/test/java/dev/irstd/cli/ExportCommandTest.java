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

    private Path dataset() throws IOException {
        Path data = folder.resolve("data");
        for (String id : new String[] {"a", "b"}) {
            Pictures.write(data.resolve("images/" + id + ".png"), Pictures.grey8(24, 24));
            Pictures.write(data.resolve("masks/" + id + ".png"), Pictures.grey8(24, 24));
        }
        Files.writeString(data.resolve("train.txt"), "a\nb\n");
        return data;
    }

    @Test
    void calibratesOnTheTrainingSplitForEightBits() throws IOException {
        Path weights = weights();
        Path data = dataset();
        Path plain = folder.resolve("plain.onnx");
        Path int8 = folder.resolve("int8.onnx");
        Path image = Pictures.write(folder.resolve("a.png"), Pictures.grey8(27, 22));

        export(weights, plain);
        Cli cli = export(weights, int8, "--precision", "int8", "--calibrate", data);

        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        assertThat(Files.size(int8)).isLessThan(Files.size(plain) / 2);
        assertThat(Cli.run("detect", image, "--model", int8).status()).isZero();
    }

    @Test
    void leavesHeldOutImagesOutOfCalibration() throws IOException {
        Path weights = weights();
        Path data = dataset();
        Path out = folder.resolve("x.onnx");
        Path held = Files.writeString(folder.resolve("held.txt"), "a\n");
        Path all = Files.writeString(folder.resolve("all.txt"), "a\nb\n");
        Files.delete(data.resolve("images/a.png"));

        Cli broken = export(weights, out, "--precision", "int8", "--calibrate", data);
        assertThat(out).doesNotExist();
        Cli kept = export(weights, out, "--precision", "int8", "--calibrate", data, "--without", held);
        Cli none = export(weights, out, "--precision", "int8", "--calibrate", data, "--without", all);

        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("a", data.toString());
        assertThat(kept.err()).isEmpty();
        assertThat(kept.status()).isZero();
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("no image is left", all.toString());
    }

    @Test
    void refusesEightBitsWithoutCalibrationAndCalibrationWithoutEightBits() throws IOException {
        Path weights = weights();
        Path out = folder.resolve("x.onnx");

        Cli blind = export(weights, out, "--precision", "int8");
        Cli idle = export(weights, out, "--calibrate", folder);
        Cli without = export(weights, out, "--without", folder);
        Cli few = export(weights, out, "--precision", "int8", "--calibrate", folder, "--calibration-images", "0");

        assertThat(blind.status()).isEqualTo(1);
        assertThat(blind.err()).contains("--calibrate FOLDER");
        assertThat(idle.status()).isEqualTo(1);
        assertThat(idle.err()).contains("--precision int8");
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("--calibrate=FOLDER");
        assertThat(few.status()).isEqualTo(1);
        assertThat(few.err()).contains("--calibration-images 0");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesEightBitsOfANetworkOfOneSize() throws IOException {
        Cli cli = exportOfOneSize("--precision", "int8", "--calibrate", dataset());

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("no int8 for LPNetGA", "export it in floats");
    }

    @Test
    void refusesSamplesForANetworkOfOneSize() throws IOException {
        Cli cli = exportOfOneSize("--input", "uint8");

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
        return export("RRCANet-ResNet10", weights, out, options);
    }

    private static Cli export(String network, Path weights, Path out, Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of("export", "--weights", weights, "--network", network, "--out", out));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray());
    }

    /** Exports a network whose images have a single size. */
    private Cli exportOfOneSize(Object... options) throws IOException {
        Weights weights = Weights.initial(Networks.named("LPNetGA"), Initialisation.PYTORCH, 0.01, 1);
        Path file = folder.resolve("lpnetga.safetensors");
        new Safetensors(Map.of(), weights.tensors(), Map.of()).write(file);
        return export("LPNetGA", file, folder.resolve("x.onnx"), options);
    }
}
