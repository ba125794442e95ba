package dev.irstd.training.onnx;

/**
 * What is known of an image's shape at export.
 *
 * @param channels channels
 * @param scale the input's height and width over those of the image; 0 where they are not a whole multiple or the batch
 *     is another
 */
record Extent(int channels, int scale) {
    static final int UNKNOWN = 0;

    Extent withChannels(int channels) {
        return new Extent(channels, scale);
    }

    Extent withScale(int scale) {
        return new Extent(channels, scale);
    }

    boolean isKnown() {
        return scale != UNKNOWN;
    }
}
