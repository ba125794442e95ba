package dev.irstd.training.data;

import dev.irstd.Component;
import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.List;

/**
 * An infrared image with the mask of its targets, of the same size. Immutable and thread-safe.
 *
 * <p>The targets are found once, when the sample is made, because every training patch asks for them.
 */
public final class Sample {
    private final String id;
    private final InfraredImage image;
    private final Mask mask;
    private final List<Component> targets;

    /**
     * A sample.
     *
     * @param id name of the image in its data set
     * @param image the image
     * @param mask the pixels of its targets
     * @throws IllegalArgumentException if image and mask differ in size
     */
    public Sample(String id, InfraredImage image, Mask mask) {
        if (image.width() != mask.width() || image.height() != mask.height()) {
            throw new IllegalArgumentException("sample \"" + id + "\": image of " + image.width() + "x"
                    + image.height() + ", mask of " + mask.width() + "x" + mask.height()
                    + "; resize the mask to the image first");
        }
        this.id = id;
        this.image = image;
        this.mask = mask;
        this.targets = mask.components();
    }

    /**
     * Returns the name of the image in its data set.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the image.
     *
     * @return the image
     */
    public InfraredImage image() {
        return image;
    }

    /**
     * Returns the pixels of the targets.
     *
     * @return the mask, of the image's size
     */
    public Mask mask() {
        return mask;
    }

    /**
     * Returns the targets: the 8-connected components of the mask.
     *
     * @return the targets in raster order of their first pixel; empty if there are none
     */
    public List<Component> targets() {
        return targets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample sample
                && id.equals(sample.id)
                && image.equals(sample.image)
                && mask.equals(sample.mask);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + image.hashCode()) + mask.hashCode();
    }

    @Override
    public String toString() {
        return "Sample[" + id + ", " + image.width() + "x" + image.height() + ", " + targets.size() + " targets]";
    }
}
