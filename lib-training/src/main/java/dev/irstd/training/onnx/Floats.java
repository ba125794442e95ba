package dev.irstd.training.onnx;

/** Precisions that need no calibration. */
enum Floats implements Precision {
    SINGLE,
    HALF
}
