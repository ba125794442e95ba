package dev.irstd.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import static org.assertj.core.api.Assertions.assertThat;

/** Arguments of any kind are understood, or are a usage error with a message. None of them is carried out here. */
class ArgumentsFuzzTest {
    private static final CommandLine COMMANDS = Irstd.commandLine();

    static Stream<byte[]> commands() {
        return Stream.of(
                        "detect a.png --device cuda:1 --range 0:16383 --threshold 0.4 --manifest imagenet-256 --output x",
                        "evaluate --data d --model m --protocol MARKED,DCONET --maps PNG,MAT --out o --score-range 0:1",
                        "train --data d --run r --loss top-k --normalization 100,30 --epochs 3 --initialisation xavier_normal",
                        "export --run r --out x.pth --key-prefix module --wrapper state_dict",
                        "import x.pth --network RRCANet --channels 3 --out x.onnx",
                        "generate --out o --count 3 --size 64x48 --scr 5:20.5 --bits 8,16 --background sky,sea")
                .map(line -> line.replace(' ', '\n').getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("commands")
    @FuzzTest(maxDuration = "10m")
    void argumentsAreUnderstoodOrAUsageError(byte[] lines) {
        String[] arguments = new String(lines, StandardCharsets.UTF_8).split("\n");
        try {
            COMMANDS.parseArgs(arguments);
        } catch (ParameterException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
