package dev.irstd.cli;

import dev.irstd.Box;
import dev.irstd.testing.FullDisk;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that cannot write one of their files. */
class FaultsTest {
    private static final String NETWORK = "ALCNet";

    @TempDir
    static Path inputs;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeInputs() throws IOException {
        GreyNetwork.write(inputs.resolve("grey.onnx"));
        Box target = new Box(3, 3, 2, 2);
        Pictures.write(inputs.resolve("data/images/a.png"), Pictures.grey8(16, 16, target));
        Pictures.write(inputs.resolve("data/masks/a.png"), Pictures.grey8(16, 16, target));
        Files.writeString(inputs.resolve("data/test.txt"), "a\n");
        Files.writeString(inputs.resolve("data/train.txt"), "a\n");
        Network network = Networks.named(NETWORK);
        Weights weights = Weights.initial(network, Initialisation.PYTORCH, 0.01, 1);
        new Safetensors(Map.of(), weights.tensors(), Map.of()).write(inputs.resolve("weights.safetensors"));
    }

    private static Cli run(String command, Path out) {
        Path data = inputs.resolve("data");
        Path model = inputs.resolve("grey.onnx");
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(
                switch (command) {
                    case "detect" -> List.of(data, "--model", model, "--out", out);
                    case "evaluate" ->
                        List.of("--data", data, "--model", model, "--maps", "png,png8,mat", "--out", out);
                    case "generate" -> List.of("--count", 1, "--size", "32x32", "--targets", 1, "--out", out);
                    case "train" -> List.of("--data", data, "--run", out, "--batch", 1);
                    case "export" ->
                        List.of("--weights", inputs.resolve("weights.safetensors"), "--network", NETWORK, "--out", out);
                    case "import" -> List.of(inputs.resolve("weights.safetensors"), "--network", NETWORK, "--out", out);
                    default -> throw new IllegalArgumentException(command);
                });
        return Cli.run(arguments.toArray());
    }

    private static void assertFails(Cli cli, Path named) {
        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).startsWith("irstd: ").contains(named.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "detect, a-mask.png",
        "detect, a-scores.png",
        "detect, a-overlay.png",
        "evaluate, metrics.json",
        "evaluate, images.csv",
        "evaluate, roc.csv",
        "evaluate, roc.png",
        "evaluate, worst.png",
        "evaluate, maps-png/a.png",
        "evaluate, maps-png8/a.png",
        "evaluate, maps-mat/a.mat",
        "generate, images/scene-001.png",
        "generate, masks/scene-001.png",
        "generate, train.txt",
        "generate, targets.csv",
        "export, x.onnx",
        "export, x.pth",
        "export, x.safetensors",
        "import, x.pth"
    })
    void fullDiskIsAnErrorThatNamesTheFile(String command, String name) throws IOException {
        Path file = folder.resolve("out").resolve(name);
        FullDisk.under(file);
        boolean writesOne = command.equals("export") || command.equals("import");

        Cli cli = run(command, writesOne ? file : folder.resolve("out"));

        assertFails(cli, file);
        assertThat(cli.err()).contains("cannot be written: No space left on device");
        assertThat(file).doesNotExist();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).noneMatch(path -> path.toString().endsWith(".part"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"detect", "evaluate", "generate", "train", "export", "import"})
    void fileInPlaceOfAFolderIsNamed(String command) throws IOException {
        Path obstacle = Files.writeString(folder.resolve("obstacle"), "");
        boolean writesOne = command.equals("export") || command.equals("import");

        assertFails(run(command, writesOne ? obstacle.resolve("x.pth") : obstacle), obstacle);
        assertFails(run(command, obstacle.resolve("deeper/x.onnx")), obstacle);
    }
}
