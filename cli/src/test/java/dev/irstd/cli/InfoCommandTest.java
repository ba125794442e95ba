package dev.irstd.cli;

import dev.irstd.Geometry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InfoCommandTest {
    @Test
    void listsEveryNetworkWithItsParameters() {
        Cli cli = Cli.run("info");

        // The counts of the official code, see RRCANet.
        assertThat(cli.out())
                .containsPattern("RRCANet-ResNet10 +102489 ")
                .containsPattern("RRCANet +202089 ")
                .containsPattern("RRCANet-ResNet34 +363161 ");
    }

    @Test
    void countsAtTheSizeThatANetworkTakes() {
        assertThat(Cli.run("info").out())
                .containsPattern("RRCANet +202089 +256x256 +2\\.208 ")
                .containsPattern("LPNetGA +925108 +120x120 +34\\.935 ");
    }

    @Test
    void showsOneNetworkByName() {
        assertThat(Cli.run("info", "RRCANet-ResNet34").out())
                .contains("RRCANet-ResNet34")
                .doesNotContain("RRCANet-ResNet10");
    }

    @Test
    void showsTheManifestOfAFile(@TempDir Path folder) throws IOException {
        Cli cli = Cli.run("info", GreyNetwork.write(folder.resolve("grey.onnx")));

        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .containsPattern("network +Grey\\R")
                .containsPattern("version +3\\R")
                .containsPattern("deviation +\\[255\\.0]\\R")
                .containsPattern("geometry +padded to multiples of 1\\R")
                .containsPattern("output +probability\\R")
                .containsPattern("training data +none, made by hand\\R")
                .containsPattern("licence +Apache-2\\.0\\R")
                .containsPattern("SHA-256 +[0-9a-f]{64}\\R");
    }

    @Test
    void saysThatAModelResizes(@TempDir Path folder) throws IOException {
        Geometry resize = new Geometry.Resize(320, 256, Geometry.Sampling.ANTIALIASED);

        assertThat(Cli.run("info", GreyNetwork.write(folder.resolve("grey.onnx"), resize))
                        .out())
                .containsPattern("geometry +resized to 320x256, antialiased\\R");
    }
}
