package dev.irstd.training.data;

import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes scenes as a data set that {@link SirstDataset} opens. */
public final class SceneFolder {
    private SceneFolder() {}

    /**
     * Writes {@code images/ID.png} (16-bit PNG for scenes of 16 bits), {@code masks/ID.png} (0 and 255), the list of ids
     * {@code train.txt} or {@code test.txt}, and {@code targets.csv} with the columns id, x, y and scr, one line a
     * target. Existing files of these names are replaced. Each is written whole or not at all, the list after the
     * images that it names.
     *
     * @param folder where to; made if missing
     * @param split which list the ids go to
     * @param ids names of the scenes, in the order of the list
     * @param scenes gives the scene of an id; asked once for each, when its turn comes; none is kept
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, Split split, List<String> ids, Function<String, Scene> scenes)
            throws IOException {
        Path images = folder.resolve("images");
        Path masks = folder.resolve("masks");
        List<String> targets = new ArrayList<>(List.of("id,x,y,scr"));
        for (String id : ids) {
            Scene scene = scenes.apply(id);
            WholeFile.writePng(images.resolve(id + ".png"), scene.image().toImage());
            WholeFile.writePng(masks.resolve(id + ".png"), scene.mask().toImage());
            for (SceneTarget target : scene.targets()) {
                targets.add(id + "," + target.x() + "," + target.y() + "," + target.scr());
            }
        }
        writeLines(folder.resolve(split.fileName() + ".txt"), ids);
        writeLines(folder.resolve("targets.csv"), targets);
    }

    /** With line feeds on every system, so that a seed gives the same bytes everywhere. */
    private static void writeLines(Path file, List<String> lines) throws IOException {
        WholeFile.writeText(file, String.join("\n", lines) + "\n");
    }
}
