package dev.irstd;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What a network is given for an image or a part of one.
 *
 * @param values floats of the shape, or the samples of the part; direct, in native order
 * @param shape the image inside the network
 * @param part the part of the image
 * @param limits sample values that are black and white
 */
record Feed(ByteBuffer values, Preprocessing.Shape shape, Box part, Preprocessing.Limits limits) {
    /** The tensors of one run, by the names of inputs. */
    static final class Tensors implements AutoCloseable {
        private final Map<String, OnnxTensor> named = new HashMap<>();

        private Tensors() {}

        Map<String, OnnxTensor> named() {
            return named;
        }

        @Override
        public void close() {
            named.values().forEach(OnnxTensor::close);
        }
    }

    Tensors tensors(OrtEnvironment environment, Ports ports) throws OrtException {
        Tensors tensors = new Tensors();
        try {
            if (ports.type().isSamples()) {
                OnnxJavaType type = Ports.elementType(ports.type());
                long[] sizes = {1, 1, part.height(), part.width()};
                tensors.named.put(ports.input(), OnnxTensor.createTensor(environment, values, sizes, type));
                tensors.named.put(Ports.BLACK, number(environment, limits.low()));
                tensors.named.put(Ports.WHITE, number(environment, limits.high()));
                tensors.named.put(Ports.PADS, OnnxTensor.createTensor(environment, pads()));
            } else {
                OnnxTensor image = OnnxTensor.createTensor(environment, values, shape.dimensions(), OnnxJavaType.FLOAT);
                tensors.named.put(ports.input(), image);
            }
            if (ports.threshold()) {
                tensors.named.put(Ports.THRESHOLD, OnnxTensor.createTensor(environment, new float[] {1}));
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private static OnnxTensor number(OrtEnvironment environment, int value) throws OrtException {
        return OnnxTensor.createTensor(environment, new float[][][][] {{{{value}}}});
    }

    /** What goes before and after each axis, as ONNX counts it. */
    private long[] pads() {
        return new long[] {0, 0, 0, 0, 0, 0, shape.height() - part.height(), shape.width() - part.width()};
    }
}
