package dev.irstd.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of images and the one of their masks. */
record ImageFolder(Path images, Path masks, List<String> maskEndings) {
    static final List<String> IMAGE_ENDINGS = List.of(".png", ".bmp", ".jpg");

    Optional<Path> image(String id) {
        return file(images, id, IMAGE_ENDINGS);
    }

    Optional<Path> mask(String id) {
        return file(masks, id, maskEndings);
    }

    private static Optional<Path> file(Path folder, String id, List<String> endings) {
        return endings.stream()
                .map(ending -> folder.resolve(id + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The ids of all images, by name. */
    List<String> ids() {
        try (Stream<Path> files = Files.list(images)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .flatMap(ImageFolder::id)
                    .sorted()
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new DatasetException("folder " + images + " cannot be listed: " + e, e);
        }
    }

    private static Stream<String> id(String name) {
        return IMAGE_ENDINGS.stream()
                .filter(name::endsWith)
                .map(ending -> name.substring(0, name.length() - ending.length()));
    }
}
