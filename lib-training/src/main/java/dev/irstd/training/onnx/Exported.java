package dev.irstd.training.onnx;

/** Which of a network's outputs an exported file has. */
public enum Exported {
    /** The prediction alone. What detectors need. */
    PREDICTION,
    /**
     * The prediction, and after it {@code mask}: uint8 [batch, 1, height, width], 1 where the probability is strictly above
     * the further input {@code threshold}, float32 [1], else 0. A detector has no use for the mask, because it also returns
     * the scores; other programs may need nothing else.
     */
    MASK,
    /**
     * The prediction, and after it the others as the network gives them, named {@code output_0}, {@code output_1} and so
     * on in the network's order. For a look inside.
     */
    ALL
}
