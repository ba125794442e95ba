package dev.irstd;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a network is given for a batch of images or parts of images.
 *
 * @param values the inputs one after the other; direct, in native order
 * @param input what each of them is
 * @param limits sample values that are black and white, of each
 */
record Feed(ByteBuffer values, Preprocessing.Input input, List<InputRange.Limits> limits) {
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

    int images() {
        return limits.size();
    }

    long[] dimensions() {
        return input.fed().dimensions(images());
    }

    Tensors tensors(OrtEnvironment environment, Ports ports) throws OrtException {
        Tensors tensors = new Tensors();
        try {
            OnnxJavaType type = Ports.elementType(input.type());
            tensors.named.put(ports.input(), OnnxTensor.createTensor(environment, values, dimensions(), type));
            if (input.type().isSamples()) {
                tensors.named.put(Ports.BLACK, ofEach(environment, InputRange.Limits::low));
                tensors.named.put(Ports.WHITE, ofEach(environment, InputRange.Limits::high));
                tensors.named.put(Ports.PADS, OnnxTensor.createTensor(environment, pads()));
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

    private OnnxTensor ofEach(OrtEnvironment environment, ToIntFunction<InputRange.Limits> limit) throws OrtException {
        float[][][][] numbers = new float[images()][1][1][1];
        for (int i = 0; i < images(); i++) {
            numbers[i][0][0][0] = limit.applyAsInt(limits.get(i));
        }
        return OnnxTensor.createTensor(environment, numbers);
    }

    /** What goes before and after each axis, as ONNX counts it. */
    private long[] pads() {
        Preprocessing.Shape fed = input.fed();
        Preprocessing.Shape inside = input.inside();
        return new long[] {0, 0, 0, 0, 0, 0, inside.height() - fed.height(), inside.width() - fed.width()};
    }
}
