package dev.irstd;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

    /**
     * Finds the targets of a stream of images, several at the same time, with bounded memory whatever the length of the
     * stream. Detections come in the order of the images; each is, but for the timing, the one of
     * {@link #detect(InfraredImage)}.
     *
     * <p>The images are read by the thread that takes the detections, and only as it takes them: at most
     * {@code inFlight} images have been read whose detections have not been handed out. With 1, each detection is
     * handed out before the next image is read. As many threads work, which are the stream's own; the stream itself is
     * sequential, even after {@link Stream#parallel()}.
     *
     * <p>What the source or the detector throws comes out of the terminal operation, once, after the detections of the
     * images before, and ends the stream. An interrupt of the waiting thread ends it with a
     * {@link java.util.concurrent.CancellationException} and leaves the thread interrupted. Closing the stream, from
     * any thread, closes {@code images} and ends the work on what was read ahead; do so wherever it may end early.
     *
     * <pre>{@code
     * try (Stream<Detection> found = detector.detectAll(camera.frames(), 4)) {
     *     found.forEach(tracker::update);
     * }
     * }</pre>
     *
     * @param images the source, which may be endless
     * @param inFlight how many images may be worked on at the same time, at least 1
     * @return a lazy stream with one detection an image, to be closed by the caller
     * @throws IllegalArgumentException if {@code inFlight} is less than 1
     */
    default Stream<Detection> detectAll(Stream<InfraredImage> images, int inFlight) {
        return DetectionWindow.stream(this, images, inFlight, 1);
    }

    /** Releases what the detector holds. Closing again does nothing. */
    @Override
    void close();
}
