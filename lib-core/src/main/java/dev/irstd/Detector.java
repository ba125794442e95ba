package dev.irstd;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * Finds small targets in infrared images. Networks and classical filters are detectors alike.
 *
 * <p>Every method throws {@link IllegalStateException} once the detector is closed.
 */
public interface Detector extends AutoCloseable {
    /**
     * Finds the targets of an image.
     *
     * @param image any image that {@link InfraredImage#of(BufferedImage)} can read, without loss of its bits
     * @return score map, mask and targets, of the image's size
     * @throws IllegalArgumentException if the image is of a kind or size that cannot be taken
     * @throws InferenceException if the detector fails on the image
     */
    default Detection detect(BufferedImage image) {
        return detect(InfraredImage.of(Objects.requireNonNull(image, "image")));
    }

    /**
     * Finds the targets of an image.
     *
     * @param image grey samples, from 1x1 up to the size that the detector's model and memory allow
     * @return score map, mask and targets, of the image's size
     * @throws IllegalArgumentException if the image is of a size that cannot be taken
     * @throws InferenceException if the detector fails on the image
     */
    Detection detect(InfraredImage image);

    /**
     * Finds the targets of several images, which may differ in size. Each result is, but for the timing, the one of
     * {@link #detect(InfraredImage)}.
     *
     * @param images any number of images
     * @return one detection an image, in the same order
     * @throws IllegalArgumentException if an image is of a size that cannot be taken
     * @throws InferenceException if the detector fails on an image
     */
    default List<Detection> detectAll(List<InfraredImage> images) {
        return Objects.requireNonNull(images, "images").stream()
                .map(this::detect)
                .toList();
    }

    /** Releases what the detector holds. Closing again does nothing. */
    @Override
    void close();
}
