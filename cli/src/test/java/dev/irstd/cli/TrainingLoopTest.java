package dev.irstd.cli;

import java.nio.file.Path;
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

    private static String succeed(Object... arguments) {
        Cli cli = Cli.run(arguments);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        return cli.out();
    }
}
