package dev.irstd.cli;

import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that read a dataset. */
final class DataOptions {
    static final String TRAIN = "train";
    static final String TEST = "test";
    static final String LAYOUTS = "Layouts: images/, masks/ and lists of ids; or trainval/ and test/ with images/ and"
            + " masks/; or train/ and test/ with gt/.";

    @Option(names = "--data", paramLabel = "FOLDER", required = true, description = "Dataset folder. " + LAYOUTS)
    Path data = Path.of("");

    @Option(
            names = "--without",
            paramLabel = "FILE",
            description = "Files of ids, one a line, to leave out of the split (held-out images, leaks).")
    List<Path> without = List.of();

    /**
     * Opens a split by its name, {@link #TRAIN} or {@link #TEST}, or else by the file that lists it; missing files are
     * an error.
     */
    SirstDataset open(String split) {
        return openIncomplete(split).requireFiles();
    }

    /** As {@link #open}, but files that are missing are only found to be so when their sample is loaded. */
    SirstDataset openIncomplete(String split) {
        return openIncomplete(data, split, without);
    }

    static SirstDataset openIncomplete(Path data, String split, List<Path> without) {
        SirstDataset dataset =
                switch (split) {
                    case TRAIN -> SirstDataset.openIncomplete(data, Split.TRAIN);
                    case TEST -> SirstDataset.openIncomplete(data, Split.TEST);
                    default -> SirstDataset.openIncomplete(data, Path.of(split));
                };
        for (Path ids : without) {
            dataset = dataset.without(SirstDataset.readIds(ids));
        }
        if (dataset.size() == 0) {
            throw new IllegalArgumentException(
                    "data set " + data + ", split " + split + ": no image is left without " + without);
        }
        return dataset;
    }
}
