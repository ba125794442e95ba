package dev.irstd.training.onnx;

/** The floats that an exported file computes with. */
public enum Precision {
    /** 32 bits throughout. */
    FLOAT32,
    /**
     * Weights of 16 bits, and what lies between convolutions. What can overflow or vanish in them stays in 32 bits: sums over
     * many pixels, softmax, matrix products, normalisations of one image; and so do scaling of the input, the final sigmoid,
     * inputs and outputs. For processors that compute with them; ONNX Runtime's CPU kernels mostly do not, and convert.
     */
    FLOAT16
}
