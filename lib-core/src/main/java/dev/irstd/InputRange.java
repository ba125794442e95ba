package dev.irstd;

/**
 * How the samples of an image map to the scale 0 to 255 that networks are trained on. The mapping is linear and done in
 * floating point, so that a 16-bit image keeps all of its steps.
 */
public sealed interface InputRange {
    /**
     * Says what samples of an image are black and white. Those outside are clamped.
     *
     * @param image the image
     * @return its limits
     */
    Limits limits(InfraredImage image);

    /**
     * Sample values that are black and white.
     *
     * @param low becomes 0
     * @param high becomes 255; at least {@code low}, and equal to it in a constant image whose range is its own
     */
    record Limits(int low, int high) {
        /**
         * Returns the distance from black to white.
         *
         * @return the difference of the limits, at least 1
         */
        public int span() {
            return Math.max(high - low, 1);
        }
    }

    /** 0 to the largest value that the image's bits can hold. */
    record FullScale() implements InputRange {
        @Override
        public Limits limits(InfraredImage image) {
            return new Limits(0, (1 << image.bits()) - 1);
        }
    }

    /**
     * A fixed range.
     *
     * @param low sample value that becomes 0, in [0, 65534]
     * @param high sample value that becomes 255, above {@code low}, at most 65535
     */
    record Between(int low, int high) implements InputRange {
        /** Checks the order of the limits. */
        public Between {
            if (low < 0 || high <= low || high > 0xFFFF) {
                throw new IllegalArgumentException("input range " + low + " to " + high
                        + ": the limits are sample values, 0 <= low < high <= 65535");
            }
        }

        @Override
        public Limits limits(InfraredImage image) {
            return new Limits(low, high);
        }
    }

    /** The lowest to the highest sample of each image. */
    record PerImage() implements InputRange {
        @Override
        public Limits limits(InfraredImage image) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            int[] samples = new int[image.width()];
            for (int y = 0; y < image.height(); y++) {
                image.row(y, samples);
                for (int sample : samples) {
                    low = Math.min(low, sample);
                    high = Math.max(high, sample);
                }
            }
            return new Limits(low, high);
        }
    }

    /**
     * Returns the range of the container: 0 to 255 for images of 8 bits, 0 to 65535 for 16 bits.
     *
     * @return the default range
     */
    static InputRange fullScale() {
        return new FullScale();
    }

    /**
     * Returns a fixed range, such as 0 to 16383 for a camera of 14 bits in images of 16 bits. Samples outside are
     * clamped to it.
     *
     * @param low sample value that becomes 0, in [0, 65534]
     * @param high sample value that becomes 255, above {@code low}, at most 65535
     * @return the range
     * @throws IllegalArgumentException if the limits are not such values
     */
    static InputRange between(int low, int high) {
        return new Between(low, high);
    }

    /**
     * Returns the range that each image fills: its lowest sample becomes 0, its highest 255. An image whose samples
     * are all equal becomes 0.
     *
     * @return the range
     */
    static InputRange perImage() {
        return new PerImage();
    }
}
