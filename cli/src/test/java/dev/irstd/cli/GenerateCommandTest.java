package dev.irstd.cli;

import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GenerateCommandTest {
    @TempDir
    Path folder;

    private Cli generate(String name, Object... more) {
        Object[] arguments = new Object[more.length + 5];
        System.arraycopy(new Object[] {"generate", "--out", folder.resolve(name), "--count", "3"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Cli.run(arguments);
    }

    @Test
    void writesADatasetAsOrdered() throws IOException {
        Cli cli = generate("a", "--size", "80x64", "--bits", "8,16", "--targets", "2", "--split", "test");

        assertThat(cli.err()).isEmpty();
        SirstDataset dataset = SirstDataset.open(folder.resolve("a"), Split.TEST);
        assertThat(dataset.ids()).containsExactly("scene-001", "scene-002", "scene-003");
        Sample second = dataset.load(1);
        assertThat(second.image().width()).isEqualTo(80);
        assertThat(second.image().height()).isEqualTo(64);
        assertThat(second.targets()).hasSize(2);
        assertThat(dataset.load(0).image().bits()).isEqualTo(8);
        assertThat(second.image().bits()).isEqualTo(16);
        assertThat(Files.readAllLines(folder.resolve("a/targets.csv"))).hasSize(1 + 3 * 2);
    }

    @Test
    void repeatsTheScenesOfASeed() {
        generate("a", "--size", "64x64", "--seed", "5");
        generate("b", "--size", "64x64", "--seed", "5");

        assertThat(folder.resolve("b/images/scene-003.png"))
                .hasSameBinaryContentAs(folder.resolve("a/images/scene-003.png"));
    }

    @Test
    void neighbouringSeedsShareNoScene() {
        generate("a", "--size", "64x64", "--background", "sky", "--seed", "5");
        generate("b", "--size", "64x64", "--background", "sky", "--seed", "6");

        SirstDataset a = SirstDataset.open(folder.resolve("a"), Split.TRAIN);
        SirstDataset b = SirstDataset.open(folder.resolve("b"), Split.TRAIN);
        for (String id : a.ids()) {
            assertThat(b.ids())
                    .noneMatch(other -> b.load(other).image().equals(a.load(id).image()));
        }
    }

    @Test
    void refusesASceneThatItsTargetsDoNotFit() {
        Cli cli = generate("a", "--size", "32x32", "--targets", "50");

        assertThat(cli.status()).isEqualTo(1);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.err()).contains("of 50", "32x32");
    }
}
