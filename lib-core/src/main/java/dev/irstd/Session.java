package dev.irstd;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network loaded into ONNX Runtime, which leaves several things to its callers that this class does for them: closing
 * twice is harmless, closing waits for running work, the options outlive the session, and no tensor leaks. Thread-safe.
 */
final class Session implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Session.class.getName());
    static final Set<OrtErrorCode> BAD_MODEL =
            Set.of(OrtErrorCode.ORT_NO_MODEL, OrtErrorCode.ORT_INVALID_PROTOBUF, OrtErrorCode.ORT_INVALID_GRAPH);

    private static @Nullable String lastChoice;

    private final String model;
    private final Device device;
    private final OrtEnvironment environment;
    private final SessionOptions options;
    private final OrtSession session;
    private final RunOptions givingMemoryBack = new RunOptions();
    private final AtomicInteger largest = new AtomicInteger();
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
    private volatile boolean closing;
    private boolean closed;

    private Session(String model, Device device, OrtEnvironment environment, SessionOptions options, OrtSession session)
            throws OrtException {
        givingMemoryBack.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        this.model = model;
        this.device = device;
        this.environment = environment;
        this.options = options;
        this.session = session;
    }

    /**
     * Loads a model.
     *
     * @param threads threads of its own that one operation may use; 0 takes those that all sessions share
     * @throws ModelException if the model is no ONNX network that ONNX Runtime can load
     * @throws DeviceException if the device cannot run it
     */
    static Session open(Model model, Device device, int threads) {
        OnnxFile.require(model);
        if (!(device instanceof Device.Auto)) {
            return openOn(model, device, threads);
        }
        try {
            Session session = openOn(model, Device.cuda(0), threads);
            logOnce("Device.auto() takes " + session.device());
            return session;
        } catch (DeviceException e) {
            Session session = openOn(model, Device.cpu(), threads);
            logOnce("Device.auto() takes the CPU, because " + e.getMessage());
            return session;
        }
    }

    /** Not again for each detector, unless the choice or its reason changes. */
    private static synchronized void logOnce(String choice) {
        if (!choice.equals(lastChoice)) {
            lastChoice = choice;
            LOGGER.log(Level.INFO, choice);
        }
    }

    private static Session openOn(Model model, Device device, int threads) {
        SharedEnvironment shared = SharedEnvironment.get();
        OrtEnvironment environment = shared.environment();
        SessionOptions options = new SessionOptions();
        try {
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            } else if (shared.hasThreads()) {
                options.disablePerSessionThreads();
            }
            // Planned memory comes on top of what the first run of each size took without a plan, and saves no time.
            options.setMemoryPatternOptimization(false);
            OrtSession session = device instanceof Device.Cuda cuda
                    ? CudaSessions.open(environment, model, options, cuda)
                    : environment.createSession(model.onnx(), options);
            return new Session(model.name(), device, environment, options, session);
        } catch (OrtException e) {
            options.close();
            throw new ModelException(
                    "model " + model.name() + " (" + model.onnx().length + " bytes) is not an ONNX network that ONNX"
                            + " Runtime " + environment.getVersion() + " can load: " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
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
     * @param batch how many images the network must take at a time
     * @throws ModelException if the network has none such
     */
    Ports ports(ModelManifest manifest, int batch) {
        try {
            return Ports.find(model, manifest, batch, session.getInputInfo(), session.getOutputInfo());
        } catch (OrtException e) {
            throw new ModelException("model " + model + ": unreadable inputs and outputs: " + e.getMessage(), e);
        }
    }

    /**
     * Does something while the session stays open; may be nested.
     *
     * @throws IllegalStateException if closing has begun, unless nested
     */
    <T> T whileOpen(Supplier<T> work) {
        // Never waits for a waiting close(), which may itself wait for a call that waits for this one.
        if (!lifetime.readLock().tryLock()) {
            throw closedAlready();
        }
        try {
            boolean nested = lifetime.getReadHoldCount() > 1;
            if (closing && !nested) {
                throw closedAlready();
            }
            return work.get();
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private IllegalStateException closedAlready() {
        return new IllegalStateException("the detector of model " + model + " is closed");
    }

    /**
     * Runs the network on a batch. Called within {@link #whileOpen}.
     *
     * @param output direct, in native order, of {@code images * height * width} floats, which are written row by row
     */
    void run(Feed feed, FloatBuffer output, Ports ports) {
        int pixels = feed.input().inside().pixels();
        try (Feed.Tensors fed = feed.tensors(environment, ports);
                OnnxTensor scores = OnnxTensor.createTensor(environment, output, ports.outputShape(feed))) {
            Map<String, OnnxTensor> inputs = fed.named();
            // What was there before must never pass for scores, should the network write nothing.
            for (int i = 0; i < feed.images(); i++) {
                output.put(i * pixels, Float.NaN);
            }
            try (OrtSession.Result written =
                    session.run(inputs, Set.of(), Map.of(ports.output(), scores), runOptions(pixels))) {
                return;
            } catch (OrtException e) {
                requireScoreMap(inputs, feed, ports);
                throw e;
            }
        } catch (OrtException e) {
            throw new InferenceException(
                    "model " + model + " failed on an input of " + Arrays.toString(feed.dimensions()) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Memory that an image left behind goes back with the next one of at most half its size; each time would be slow. A
     * batch counts as one image, so that one with fewer images gives nothing back.
     */
    private @Nullable RunOptions runOptions(int pixels) {
        int before = largest.getAndUpdate(most -> pixels <= most / 2 ? pixels : Math.max(most, pixels));
        return pixels <= before / 2 && device instanceof Device.Cpu ? givingMemoryBack : null;
    }

    /** Tells a network that fails from one that runs, but whose output does not fit the buffer. */
    private void requireScoreMap(Map<String, OnnxTensor> inputs, Feed feed, Ports ports) throws OrtException {
        try (OrtSession.Result result = session.run(inputs, Set.of(ports.output()))) {
            long[] expected = ports.outputShape(feed);
            long[] returned = ((OnnxTensor) result.get(0)).getInfo().getShape();
            if (!Arrays.equals(returned, expected)) {
                throw new InferenceException("model " + model + " returned " + Arrays.toString(returned) + " as \""
                        + ports.output() + "\" for an input of " + Arrays.toString(feed.dimensions())
                        + ", not a score map " + Arrays.toString(expected));
            }
        }
    }

    /**
     * Waits for running work, then releases the network. Closing again does nothing.
     *
     * @throws IllegalStateException if called by the work itself, which cannot wait for its own end
     */
    @Override
    public void close() {
        if (lifetime.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "the detector of model " + model + " cannot be closed from inside one of its own detections");
        }
        closing = true;
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                try (options;
                        givingMemoryBack) {
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
