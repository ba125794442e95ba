package dev.irstd;

import java.util.Objects;

/**
 * How an image is brought to a size that the network can take. Detectors never scale an image unless the manifest says
 * so, by {@link Resize}.
 */
public sealed interface Geometry {
    /**
     * Tells whether a network of this geometry takes an input of a size as it is.
     *
     * @param width columns of the input
     * @param height rows of the input
     * @return true if an image of that size goes in unchanged
     */
    boolean accepts(int width, int height);

    /**
     * Zeros at the right and bottom, after the normalization, up to the next multiple; the score map is cropped back
     * to the image.
     *
     * @param multiple what the padded width and height are multiples of, at least 1 (no padding)
     */
    record PadToMultiple(int multiple) implements Geometry {
        /** Checks the multiple. */
        public PadToMultiple {
            if (multiple < 1) {
                throw new IllegalArgumentException("padding to a multiple of " + multiple + ": it must be at least 1");
            }
        }

        @Override
        public boolean accepts(int width, int height) {
            return width > 0 && height > 0 && width % multiple == 0 && height % multiple == 0;
        }

        long padded(int size) {
            return (size + multiple - 1L) / multiple * multiple;
        }

        @Override
        public String toString() {
            return "multiples of " + multiple;
        }
    }

    /**
     * One size for all images, for networks that take no other or were measured at no other. Grey values are resized
     * before the normalization, columns first, then rows, without rounding to whole grey values; the aspect ratio is
     * not kept. Probabilities (what the output's {@link Activation} makes of it) are resized back to the image in the
     * same way, so that targets are in the image's own pixels. Small targets of a large image can be lost on the way.
     *
     * @param width columns of the network's input, at least 1
     * @param height rows of the network's input, at least 1
     * @param sampling which pixels make up a new one, both ways
     */
    record Resize(int width, int height, Sampling sampling) implements Geometry {
        /** Checks the size. */
        public Resize {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "resizing to " + width + "x" + height + ": width and height must be at least 1");
            }
            Objects.requireNonNull(sampling, "sampling");
        }

        @Override
        public boolean accepts(int width, int height) {
            return width == this.width && height == this.height;
        }

        @Override
        public String toString() {
            return "exactly " + width + "x" + height;
        }
    }

    /**
     * Bilinear weights, with pixel centres at halves. From n pixels of a row (or column) to m, the new pixel i lies at
     * {@code c = (i + 0.5) n / m}, and the old pixel j has the weight {@code max(0, 1 - |j + 0.5 - c| / s)}, divided by
     * the sum of the weights of all old pixels. The samplings differ in the reach s, and only where an image shrinks.
     */
    enum Sampling {
        /**
         * The reach is {@code max(1, n / m)}, so that every old pixel counts: the triangle filter of the Pillow
         * library.
         */
        ANTIALIASED,
        /** The reach is 1: at most two old pixels make up a new one, others are skipped. */
        BILINEAR
    }
}
