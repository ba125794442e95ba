package dev.irstd.training.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the field's data sets arrange their folders. Which one it is, is seen from the folders that are there. */
enum Layout {
    /** NUAA-SIRST, DenseSIRST, IRSTD-1K and NUDT-SIRST: all images in one folder, the division in lists of ids. */
    LISTS("images and masks, with lists of ids", "images") {
        @Override
        ImageFolder folder(Path root, Split split) {
            return imagesAndMasks(root);
        }

        @Override
        Map<String, String> places(Path root, Split split) {
            return SplitFile.find(root, split).places();
        }
    },

    /** SIRST-Aug, and IRSTD-1K and NUDT-SIRST as DCONet takes them: a folder a split. */
    FOLDERS("trainval/images and trainval/masks, the same under test", "trainval/images", "test/images") {
        @Override
        ImageFolder folder(Path root, Split split) {
            return imagesAndMasks(root.resolve(split == Split.TRAIN ? "trainval" : "test"));
        }
    },

    /** MFIRST, and NUAA-SIRST as LPNetGA takes it: a folder a split, with the masks inside. */
    MASKS_INSIDE("train and train/gt, the same under test", "train/gt", "test/gt") {
        @Override
        ImageFolder folder(Path root, Split split) {
            Path images = root.resolve(split == Split.TRAIN ? "train" : "test");
            return new ImageFolder(images, images.resolve("gt"), List.of("_gt.bmp", "_gt.png"));
        }
    };

    private final String description;
    private final List<String> signs;

    Layout(String description, String... signs) {
        this.description = description;
        this.signs = List.of(signs);
    }

    static Layout of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new DatasetException("data set " + root + ": no such folder");
        }
        return Arrays.stream(values())
                .filter(layout -> layout.signs.stream().anyMatch(sign -> Files.isDirectory(root.resolve(sign))))
                .findFirst()
                .orElseThrow(() -> new DatasetException("data set " + root + " has none of the known layouts: "
                        + Arrays.stream(values())
                                .map(layout -> layout.description)
                                .collect(Collectors.joining("; "))));
    }

    /** Where the images of a split are, and maybe others. */
    abstract ImageFolder folder(Path root, Split split);

    List<ImageFolder> folders(Path root) {
        return Arrays.stream(Split.values())
                .map(split -> folder(root, split))
                .distinct()
                .toList();
    }

    /** The ids of a split, each with what names it, for messages. */
    Map<String, String> places(Path root, Split split) {
        ImageFolder folder = folder(root, split);
        List<String> ids = Files.isDirectory(folder.images()) ? folder.ids() : List.of();
        if (ids.isEmpty()) {
            throw new DatasetException("data set " + root + " has no image of its " + split.fileName() + " split under "
                    + folder.images() + " (" + String.join(", ", ImageFolder.IMAGE_ENDINGS) + " looked for)");
        }
        Map<String, String> places = new LinkedHashMap<>();
        ids.forEach(id -> places.put(id, "data set " + root + ", " + split.fileName() + " split"));
        return places;
    }

    private static ImageFolder imagesAndMasks(Path folder) {
        return new ImageFolder(folder.resolve("images"), folder.resolve("masks"), List.of(".png", "_pixels0.png"));
    }
}
