package dev.irstd.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.irstd.ModelManifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A session of ONNX Runtime on the processor or on the first GPU, with buffers of one size that are filled once. */
final class DeviceSession implements AutoCloseable {
    static final String CPU = "cpu";
    static final String CUDA = "cuda";

    // Before the options of a provider, which log through it.
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final SessionOptions options;
    private final OrtSession session;
    private Map<String, OnnxTensor> inputs = Map.of();
    private Map<String, OnnxTensor> outputs = Map.of();
    private FloatBuffer output = FloatBuffer.allocate(0);

    private DeviceSession(byte[] onnx, SessionOptions options) throws OrtException {
        this.options = options;
        this.session = ENVIRONMENT.createSession(onnx, options);
    }

    /**
     * Loads a network as it is optimised for the device.
     *
     * @param onnx the file
     * @param device {@link #CPU} or {@link #CUDA}
     * @param tf32 whether the GPU may cut the mantissa of factors to 10 bits
     * @throws OrtException if the device cannot run it
     */
    static DeviceSession open(byte[] onnx, String device, boolean tf32) throws OrtException {
        return open(onnx, options(device, tf32));
    }

    /** The same, node by node as written: nothing is fused or folded. */
    static DeviceSession openAsWritten(byte[] onnx, String device, boolean tf32) throws OrtException {
        SessionOptions options = options(device, tf32);
        options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
        return open(onnx, options);
    }

    /** The same as {@link #open}, with a profile that {@link #endProfile} writes. */
    static DeviceSession openProfiled(byte[] onnx, String device, Path prefix) throws OrtException {
        SessionOptions options = options(device, false);
        options.enableProfiling(prefix.toString());
        return open(onnx, options);
    }

    private static DeviceSession open(byte[] onnx, SessionOptions options) throws OrtException {
        try {
            return new DeviceSession(onnx, options);
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }

    private static SessionOptions options(String device, boolean tf32) throws OrtException {
        SessionOptions options = new SessionOptions();
        if (device.equals(CUDA)) {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                cuda.add("use_tf32", tf32 ? "1" : "0");
                options.addCUDA(cuda);
            } catch (OrtException e) {
                options.close();
                throw e;
            }
        } else if (!device.equals(CPU)) {
            throw new IllegalArgumentException("\"" + device + "\" is no device; take " + CPU + " or " + CUDA);
        }
        return options;
    }

    /** What the network says of itself. */
    ModelManifest manifest() throws OrtException {
        return ModelManifest.fromMetadata(session.getMetadata().getCustomMetadata());
    }

    /**
     * Fills the input with copies of one image.
     *
     * @param image what the network is fed for it
     * @param batch how many copies
     */
    void feed(NetworkInput image, int batch) throws OrtException {
        long[] shape = image.shape();
        shape[0] = batch;
        FloatBuffer input = direct(batch * image.values().length);
        for (int i = 0; i < batch; i++) {
            input.put(image.values());
        }
        release();
        String name = session.getInputNames().iterator().next();
        inputs = Map.of(name, OnnxTensor.createTensor(ENVIRONMENT, input.flip(), shape));
        takeOutput(new long[] {batch, 1, image.height(), image.width()});
    }

    /** Makes room for the single output of a network without inputs. */
    void takeOutput(long... shape) throws OrtException {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        output = direct(Math.toIntExact(size));
        String name = session.getOutputNames().iterator().next();
        outputs = Map.of(name, OnnxTensor.createTensor(ENVIRONMENT, output, shape));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** From the host's memory through the network and back; what is returned is overwritten by the next run. */
    FloatBuffer run() throws OrtException {
        session.run(inputs, Set.of(), outputs).close();
        return output;
    }

    /** Bytes that a run takes from the host's memory to the device. */
    long uploaded() {
        return inputs.values().stream().mapToLong(DeviceSession::bytes).sum();
    }

    /** Bytes that a run takes back. */
    long downloaded() {
        return outputs.values().stream().mapToLong(DeviceSession::bytes).sum();
    }

    private static long bytes(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        return info.getNumElements() * info.type.size;
    }

    /** Writes the profile and returns its file. */
    Path endProfile() throws OrtException {
        return Path.of(session.endProfiling());
    }

    private void release() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        inputs = Map.of();
        outputs = Map.of();
    }

    @Override
    public void close() throws OrtException {
        release();
        try (options) {
            session.close();
        }
    }
}
