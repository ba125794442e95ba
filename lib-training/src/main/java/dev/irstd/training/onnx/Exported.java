package dev.irstd.training.onnx;

/** Which of a network's outputs an exported file has. */
public enum Exported {
    /** The prediction alone. What detectors need. */
    PREDICTION,
    /**
     * The prediction, and after it the others as the network gives them, named {@code output_0}, {@code output_1} and so
     * on in the network's order. For a look inside.
     */
    ALL
}
