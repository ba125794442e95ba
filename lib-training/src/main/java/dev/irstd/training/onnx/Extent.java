package dev.irstd.training.onnx;

/**
 * What is known of an image's shape at export.
 *
 * @param channels channels
 * @param scale the input's height and width over those of the image; {@link #UNKNOWN} where they are not a whole multiple
 *     or the batch is another; {@link #PIXEL}
 */
record Extent(int channels, int scale) {
    static final int UNKNOWN = 0;
    /** The scale of what is one pixel, whatever the input's size. */
    static final int PIXEL = -1;

    Extent withChannels(int channels) {
        return new Extent(channels, scale);
    }

    Extent withScale(int scale) {
        return new Extent(channels, scale);
    }

    boolean isKnown() {
        return scale > 0;
    }

    boolean isPixel() {
        return scale == PIXEL;
    }
}
