package dev.irstd.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SceneFolderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void writesADataSetThatReadsBackUnchanged(int bits) throws IOException {
        SceneGenerator generator =
                SceneGenerator.of(64, 48, Background.GROUND).withBits(bits).withTargets(1);
        Map<String, Scene> scenes = new LinkedHashMap<>();
        scenes.put("scene_2", generator.generate(2));
        scenes.put("scene_1", generator.generate(1));

        SceneFolder.write(folder, Split.TEST, List.copyOf(scenes.keySet()), scenes::get);

        SirstDataset dataset = SirstDataset.open(folder, Split.TEST);
        assertThat(dataset.ids()).containsExactly("scene_2", "scene_1");
        assertThat(dataset.load("scene_1")).isEqualTo(scenes.get("scene_1").sample("scene_1"));
        assertThat(dataset.load("scene_2")).isEqualTo(scenes.get("scene_2").sample("scene_2"));
    }

    @Test
    void listsTheTargets() throws IOException {
        Scene scene = SceneGenerator.of(96, 96, Background.SEA).withTargets(2).generate(4);

        SceneFolder.write(folder, Split.TRAIN, List.of("s"), id -> scene);

        List<String> lines = Files.readAllLines(folder.resolve("targets.csv"));
        assertThat(lines).hasSize(3).first().isEqualTo("id,x,y,scr");
        for (int i = 0; i < 2; i++) {
            String[] fields = lines.get(i + 1).split(",");
            assertThat(fields[0]).isEqualTo("s");
            assertThat(new SceneTarget(
                            Double.parseDouble(fields[1]),
                            Double.parseDouble(fields[2]),
                            Double.parseDouble(fields[3])))
                    .isEqualTo(scene.targets().get(i));
        }
    }
}
