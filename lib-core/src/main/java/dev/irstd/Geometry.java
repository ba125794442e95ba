package dev.irstd;

/** How an image is brought to a size that the network can take. Detectors never scale an image silently. */
public sealed interface Geometry {
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

        long padded(int size) {
            return (size + multiple - 1L) / multiple * multiple;
        }
    }
}
