package dev.irstd.training.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a sample, looked up when they are asked for.
 *
 * @param id name of the sample
 * @param place what names it, for messages
 * @param folders where it may be, in one of them alone
 */
record SampleFiles(String id, String place, List<ImageFolder> folders) {
    /**
     * Finds the image.
     *
     * @throws DatasetException if there is none, or more than one
     */
    Path image() {
        return folder().image(id).orElseThrow();
    }

    /**
     * Finds the mask that belongs to the image.
     *
     * @throws DatasetException if there is none
     */
    Path mask() {
        ImageFolder folder = folder();
        return folder.mask(id)
                .orElseThrow(() -> new DatasetException(place + ": no mask \"" + id + "\" under " + folder.masks()
                        + " (" + String.join(", ", folder.maskEndings()) + " tried)"));
    }

    private ImageFolder folder() {
        List<ImageFolder> holding =
                folders.stream().filter(folder -> folder.image(id).isPresent()).toList();
        List<Path> images = (holding.isEmpty() ? folders : holding)
                .stream().map(ImageFolder::images).toList();
        String where = String.join(" and ", images.stream().map(Path::toString).toList());
        if (holding.isEmpty()) {
            throw new DatasetException(place + ": no image \"" + id + "\" under " + where + " ("
                    + String.join(", ", ImageFolder.IMAGE_ENDINGS) + " tried)");
        }
        if (holding.size() > 1) {
            throw new DatasetException(place + ": \"" + id + "\" stands under " + where
                    + "; open the split by its name instead of a list");
        }
        return holding.get(0);
    }
}
