package dev.irstd.training.onnx;

import dev.irstd.InfraredImage;
import java.util.List;

/** Static quantisation to 8 bits, with the images that tell the ranges of activations. */
record Int8(List<InfraredImage> calibration) implements Precision {
    Int8 {
        calibration = List.copyOf(calibration);
        if (calibration.isEmpty()) {
            throw new IllegalArgumentException(
                    "int8 without calibration images: the ranges of activations come from them; give some of training");
        }
    }
}
