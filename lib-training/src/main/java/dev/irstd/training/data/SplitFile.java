package dev.irstd.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of ids, one a line without extension. Line ends of any system, a missing last line end and blank lines are
 * taken as they come.
 */
final class SplitFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    /** Line number, from 1, by id, in the order of the file. */
    private final Map<String, Integer> lines;

    private SplitFile(Path file, Map<String, Integer> lines) {
        this.file = file;
        this.lines = lines;
    }

    static SplitFile read(Path file) {
        List<String> text;
        try {
            text = Files.readAllLines(file);
        } catch (IOException e) {
            throw new DatasetException("split file " + file + " cannot be read: " + e, e);
        }
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (int i = 0; i < text.size(); i++) {
            String id = text.get(i).replace(BYTE_ORDER_MARK, "").strip();
            if (id.isEmpty()) {
                continue;
            }
            requireInside(id, "split file " + file + ", line " + (i + 1));
            Integer earlier = lines.putIfAbsent(id, i + 1);
            if (earlier != null) {
                throw new DatasetException("split file " + file + ", line " + (i + 1) + ": \"" + id
                        + "\" already stands in line " + earlier + "; remove one of them");
            }
        }
        if (lines.isEmpty()) {
            throw new DatasetException("split file " + file + " names no image; expected one id a line");
        }
        return new SplitFile(file, lines);
    }

    /** An id becomes a part of paths, of files that are read and of files that are written. */
    private static void requireInside(String id, String place) {
        Path path;
        try {
            path = Path.of(id);
        } catch (InvalidPathException e) {
            throw new DatasetException(place + ": \"" + id + "\" cannot be the name of a file: " + e.getReason(), e);
        }
        if (path.isAbsolute() || path.getRoot() != null || path.startsWith("..") || !path.equals(path.normalize())) {
            throw new DatasetException(
                    place + ": \"" + id + "\" leads out of the folder of the images; an id is the name of"
                            + " a file in it, without extension");
        }
    }

    /** Finds the list of a split in the places where the field's data sets keep it. */
    static SplitFile find(Path root, Split split) {
        String name = split.fileName();
        Path folder = root.toAbsolutePath().normalize().getFileName();
        List<Path> places = List.of(
                Path.of("50_50", name + ".txt"),
                Path.of("80_20", name + ".txt"),
                Path.of("img_idx", name + "_" + folder + ".txt"),
                Path.of("img_idx", name + ".txt"),
                Path.of(name + ".txt"));
        for (Path place : places) {
            if (Files.isRegularFile(root.resolve(place))) {
                return read(root.resolve(place));
            }
        }
        throw new DatasetException("data set " + root + " has no list of its " + name + " split ("
                + String.join(", ", places.stream().map(Path::toString).toList())
                + " tried); name the file with SirstDataset.open(root, splitFile)");
    }

    List<String> ids() {
        return new ArrayList<>(lines.keySet());
    }

    /** The ids in the order of the file, each with where it stands, for messages. */
    Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        lines.forEach((id, line) -> places.put(id, "split file " + file + ", line " + line));
        return places;
    }
}
