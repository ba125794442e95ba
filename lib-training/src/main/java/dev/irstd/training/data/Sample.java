package dev.irstd.training.data;

import dev.irstd.Box;
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

    /**
     * Makes this sample larger or smaller, as training does: grey values are bilinear, and the mask is where targets cover
     * at least half a pixel. An image that shrinks below half its size loses pixels that no other speaks for.
     *
     * @param factor of width and height, above 0; these are rounded to whole pixels
     * @return the sample of the same name
     * @throws IllegalArgumentException if the factor is none, or would make one of the targets vanish or the image too
     *     large
     */
    public Sample scaled(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no image of " + factor + " times the size: a factor above 0 needed");
        }
        if (factor * image.width() * factor * image.height() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("sample \"" + id + "\" of " + image.width() + "x" + image.height()
                    + " pixels: at " + factor + " times its size they are more than an image can have");
        }
        ScaledAxis columns = new ScaledAxis(image.width(), factor);
        ScaledAxis rows = new ScaledAxis(image.height(), factor);
        ScaledMask covered = ScaledMask.of(this, columns, rows)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sample \"" + id + "\": at " + factor + " times its size one of its targets covers no pixel"));
        int width = columns.size();
        boolean[] target = new boolean[width * rows.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = covered.covered(i % width, i / width);
        }
        float[] grey = ScaledGrey.of(image, columns, rows, new Box(0, 0, width, rows.size()));
        return new Sample(id, GreyLevels.rounded(image.bits(), width, grey), Mask.of(width, rows.size(), target));
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
