package dev.irstd.training.onnx;

/**
 * How the pixels of an image lie in the graph.
 *
 * <p>In pairs, two neighbours of a row make one pixel of twice the channels, first those of the left one. That is for
 * layers of 8 channels: ONNX Runtime computes 16 at a time where a processor has AVX-512, and fills up with zeros.
 */
enum Layout {
    /** [batch, channels, height, width]. */
    PLAIN(1, 0),
    /** [batch, 2 * channels, height, width / 2]. */
    PAIRS(2, 0),
    /** [batch, 2 * channels, height, width / 2 + 1]: pairs that begin one pixel left of the image. Outside is zero. */
    SHIFTED_PAIRS(2, 1);

    private final int pixels;
    private final int before;

    Layout(int pixels, int before) {
        this.pixels = pixels;
        this.before = before;
    }

    /** Pixels of the image in one of the graph. */
    int pixels() {
        return pixels;
    }

    /** Pixels left of the image that the first one of the graph begins with. */
    int before() {
        return before;
    }
}
