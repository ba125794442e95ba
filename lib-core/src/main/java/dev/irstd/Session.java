package dev.irstd;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A network loaded into ONNX Runtime, which leaves several things to its callers that this class does for them: closing
 * twice is harmless, closing waits for running work, the options outlive the session, and no tensor leaks. Thread-safe.
 */
final class Session implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Session.class.getName());
    private static final Set<OrtErrorCode> BAD_MODEL =
            Set.of(OrtErrorCode.ORT_NO_MODEL, OrtErrorCode.ORT_INVALID_PROTOBUF, OrtErrorCode.ORT_INVALID_GRAPH);

    private final String model;
    private final Device device;
    private final OrtEnvironment environment;
    private final SessionOptions options;
    private final OrtSession session;
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private Session(
            String model, Device device, OrtEnvironment environment, SessionOptions options, OrtSession session) {
        this.model = model;
        this.device = device;
        this.environment = environment;
        this.options = options;
        this.session = session;
    }

    /**
     * Loads a model.
     *
     * @param threads threads that one operation may use; 0 leaves it to ONNX Runtime
     * @throws ModelException if the model is no ONNX network that ONNX Runtime can load
     * @throws DeviceException if the device cannot run it
     */
    static Session open(Model model, Device device, int threads) {
        if (model.onnx().length == 0) {
            throw new ModelException("model " + model.name() + " is empty (0 bytes)");
        }
        if (!(device instanceof Device.Auto)) {
            return openOn(model, device, threads);
        }
        try {
            Session session = openOn(model, Device.cuda(0), threads);
            LOGGER.log(Level.INFO, "model {0} runs on {1}", model.name(), session.device());
            return session;
        } catch (DeviceException e) {
            Session session = openOn(model, Device.cpu(), threads);
            LOGGER.log(Level.INFO, "model {0} runs on the CPU, because: {1}", model.name(), e.getMessage());
            return session;
        }
    }

    private static Session openOn(Model model, Device device, int threads) {
        OrtEnvironment environment = environment();
        SessionOptions options = new SessionOptions();
        try {
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            }
            if (device instanceof Device.Cuda cuda) {
                addCuda(options, cuda, environment.getVersion());
            }
            OrtSession session = environment.createSession(model.onnx(), options);
            return new Session(model.name(), device, environment, options, session);
        } catch (OrtException e) {
            options.close();
            if (device instanceof Device.Cuda && !BAD_MODEL.contains(e.getCode())) {
                throw new DeviceException(
                        device + " cannot run model " + model.name() + ": " + e.getMessage()
                                + "; Device.cpu() can run any model",
                        e);
            }
            throw new ModelException(
                    "model " + model.name() + " (" + model.onnx().length + " bytes) is not an ONNX network that ONNX"
                            + " Runtime " + environment.getVersion() + " can load: " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtProcess.environment();
        } catch (LinkageError e) {
            throw new DeviceException(
                    "ONNX Runtime cannot load its native library on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e + "; its jar brings Linux, macOS and Windows"
                            + " on 64-bit processors, -Donnxruntime.native.path=DIR takes another build",
                    e);
        }
    }

    private static void addCuda(SessionOptions options, Device.Cuda device, String version) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new DeviceException(device + " cannot run: this ONNX Runtime " + version + " is built without CUDA;"
                    + " replace com.microsoft.onnxruntime:onnxruntime by onnxruntime_gpu (CUDA 12, cuDNN 9) on the"
                    + " class path. Device.auto() would use the CPU");
        }
        try {
            options.addCUDA(device.ordinal());
            // Otherwise ONNX Runtime puts nodes that the GPU cannot run on the CPU and says nothing.
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        } catch (OrtException e) {
            throw new DeviceException(
                    device + " cannot run: " + e.getMessage() + "; ONNX Runtime " + version
                            + " needs an NVIDIA driver and the CUDA and cuDNN libraries that its jar was built for."
                            + " Device.auto() would use the CPU",
                    e);
        }
    }

    /** Where the network runs: never {@link Device.Auto}. */
    Device device() {
        return device;
    }

    /** The manifest inside the model. */
    ModelManifest manifest() {
        try {
            return ManifestMetadata.read("model " + model, session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw new ModelException("model " + model + ": unreadable metadata: " + e.getMessage(), e);
        }
    }

    /**
     * The input and output that the manifest promises.
     *
     * @throws ModelException if the network has none such
     */
    Ports ports(ModelManifest manifest) {
        try {
            return Ports.find(model, manifest, session.getInputInfo(), session.getOutputInfo());
        } catch (OrtException e) {
            throw new ModelException("model " + model + ": unreadable inputs and outputs: " + e.getMessage(), e);
        }
    }

    /**
     * Does something while the session stays open; may be nested.
     *
     * @throws IllegalStateException if the session is closed already
     */
    <T> T whileOpen(Supplier<T> work) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the detector of model " + model + " is closed");
            }
            return work.get();
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /**
     * Runs the network on one image. Called within {@link #whileOpen}.
     *
     * @param input direct, in native order, holding exactly the shape's floats
     * @return the output, {@code height * width} values row by row
     */
    FloatBuffer run(FloatBuffer input, Preprocessing.Shape shape, Ports ports) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape.dimensions());
                OrtSession.Result result = session.run(Map.of(ports.input(), tensor), Set.of(ports.output()))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            long[] expected = {1, 1, shape.height(), shape.width()};
            long[] flat = {1, shape.height(), shape.width()};
            long[] returned = output.getInfo().getShape();
            if (!Arrays.equals(returned, expected) && !Arrays.equals(returned, flat)) {
                throw new InferenceException("model " + model + " returned " + Arrays.toString(returned) + " as \""
                        + ports.output() + "\" for an input of " + Arrays.toString(shape.dimensions())
                        + ", not a score map " + Arrays.toString(expected));
            }
            return output.getFloatBuffer();
        } catch (OrtException e) {
            throw new InferenceException(
                    "model " + model + " failed on an input of " + Arrays.toString(shape.dimensions()) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Waits for running work, then releases the network. Closing again does nothing. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                try (options) {
                    session.close();
                }
            }
        } catch (OrtException e) {
            throw new InferenceException("model " + model + " cannot be closed: " + e.getMessage(), e);
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
