package dev.irstd.cli;

import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
     * Opens a split by its name, {@link #TRAIN} or {@link #TEST}, or else by the file that lists it. Files that are missing are
     * only found to be so when their sample is loaded.
     */
    SirstDataset open(String split) {
        return open(data, split, without);
    }

    static SirstDataset open(Path data, String split, List<Path> without) {
        SirstDataset whole = open(data, split);
        requireHits(without, whole.ids(), List.of(data));
        return leave(data, split, without, whole);
    }

    static SirstDataset open(Path data, String split) {
        return switch (split) {
            case TRAIN -> SirstDataset.openIncomplete(data, Split.TRAIN);
            case TEST -> SirstDataset.openIncomplete(data, Split.TEST);
            default -> SirstDataset.openIncomplete(data, Path.of(split));
        };
    }

    /** Lists of other sets may name more images than there are, but one that names none of them is a mistake. */
    static void requireHits(List<Path> lists, Collection<String> ids, List<Path> data) {
        Set<String> there = Set.copyOf(ids);
        for (Path list : lists) {
            List<String> named = SirstDataset.readIds(list);
            if (named.stream().noneMatch(there::contains)) {
                throw new IllegalArgumentException(list + ": none of its " + named.size() + " ids"
                        + named.stream()
                                .findFirst()
                                .map(id -> ", the first \"" + id + "\",")
                                .orElse("") + " is in "
                        + data + "; an id is the name of an image without its ending");
            }
        }
    }

    static SirstDataset leave(Path data, String split, List<Path> without, SirstDataset whole) {
        SirstDataset rest = whole;
        for (Path ids : without) {
            rest = rest.without(SirstDataset.readIds(ids));
        }
        if (rest.size() == 0) {
            throw new IllegalArgumentException(
                    "data set " + data + ", split " + split + ": no image is left without " + without);
        }
        return rest;
    }
}
