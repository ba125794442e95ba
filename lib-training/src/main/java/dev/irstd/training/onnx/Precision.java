package dev.irstd.training.onnx;

import dev.irstd.InfraredImage;
import java.util.List;

/** The numbers that an exported file computes with. */
public sealed interface Precision permits Floats, Int8 {
    /** Floats of 32 bits throughout. */
    Precision FLOAT32 = Floats.SINGLE;

    /**
     * Weights of 16 bits, and what lies between convolutions. What can overflow or vanish in them stays in 32 bits: sums over
     * many pixels, softmax, matrix products, normalisations of one image; and so do scaling of the input, the final sigmoid,
     * inputs and outputs. For processors that compute with them; ONNX Runtime's CPU kernels mostly do not, and convert.
     */
    Precision FLOAT16 = Floats.HALF;

    /**
     * Integers of 8 bits for convolutions and sums, by static quantisation: weights of 7 bits with a sign, scaled by output
     * channel; activations without, with a scale and a zero point that the export finds by running the network on calibration
     * images (Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, CVPR
     * 2018). The file has QuantizeLinear and DequantizeLinear around such layers (QDQ), which ONNX Runtime fuses.
     *
     * <p>An activation's range goes from the lowest to the highest value over all images, and has 0 in it. Floats of 32 bits
     * remain where a convolution has fewer than 8 channels on a side (the first and the last have), in what is computed of
     * pooled values, in every operation but convolutions, their ReLUs, sums, pools and concatenations, and at inputs and
     * outputs.
     *
     * <p>The same images make the same file, byte by byte, on the same kind of processor. Scores differ from those of floats:
     * measure them before use. The export runs ONNX Runtime; where that comes before the first detector of a process, its
     * detectors do not share threads.
     *
     * @param calibration what the network will see, from training images; 0 and the highest sample value are taken as black
     *     and white; 16 images are usual
     * @return the precision
     * @throws IllegalArgumentException if there is no image
     */
    static Precision int8(List<InfraredImage> calibration) {
        return new Int8(calibration);
    }
}
