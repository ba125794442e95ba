package dev.irstd.training.onnx;

/** How an exported file computes what the network does. */
public enum Rewriting {
    /** Operation by operation as the network is defined, with each parameter under its own name. */
    NONE,
    /**
     * The same function with less work, equal but for rounding. Batch norms are part of the convolutions before them, so
     * a convolution that is shared between rounds is stored once a round; 1x1 convolutions come before the enlarging that
     * they follow; layers of 8 channels work on pairs of neighbouring pixels.
     */
    EXACT
}
