package dev.irstd;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.irstd.spi.NativeRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens networks on an NVIDIA GPU: the whole of each, or with an error that says what is missing. */
final class CudaSessions {
    /** A library of the GPU jar, which lies unused where the jar without CUDA comes before it on the class path. */
    private static final String PROVIDER = "/ai/onnxruntime/native/"
            + (SharedLibraries.isWindows()
                    ? "win-x64/onnxruntime_providers_cuda.dll"
                    : "linux-x64/libonnxruntime_providers_cuda.so");

    /** Columns and rows that any network takes: a multiple of its blocks. */
    private static final long SIZE = 768;

    private static final Set<Integer> WORKING = ConcurrentHashMap.newKeySet();

    private CudaSessions() {}

    /**
     * Loads a model.
     *
     * @param options of the session, to which the device is added
     * @throws OrtException if the model is no ONNX network that ONNX Runtime can load
     * @throws DeviceException if the device cannot run it
     */
    static OrtSession open(OrtEnvironment environment, Model model, SessionOptions options, Device.Cuda device)
            throws OrtException {
        requireBuiltForCuda(device, environment.getVersion());
        requireWorking(environment, device);
        try {
            add(device, options);
            OrtSession session = environment.createSession(model.onnx(), options);
            try {
                if (device.placement() == Device.Cuda.Placement.GPU_ONLY) {
                    requireOnGpu(environment, model, session.getInputInfo(), device);
                }
                return session;
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            if (Session.BAD_MODEL.contains(e.getCode())) {
                throw e;
            }
            throw failure(device + " cannot run model " + model.name(), e);
        }
    }

    private static void requireBuiltForCuda(Device.Cuda device, String version) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new DeviceException(
                    device + " cannot run: this ONNX Runtime " + version + " is built without CUDA; " + wayOut());
        }
    }

    private static String wayOut() {
        String folder = System.getProperty(SharedEnvironment.NATIVES);
        if (folder != null) {
            return "it is to come from -D" + SharedEnvironment.NATIVES + "=" + folder
                    + ", which irstd-cuda sets unless you do; the folder must hold a build for CUDA, and ONNX Runtime"
                    + " must not be used before the first detector";
        }
        return OrtEnvironment.class.getResource(PROVIDER) == null
                ? "on the class path, replace com.microsoft.onnxruntime:onnxruntime by onnxruntime_gpu (CUDA 12), or"
                        + " add dev.irstd:irstd-cuda (CUDA 13)"
                : "take com.microsoft.onnxruntime:onnxruntime off the class path, where it comes before onnxruntime_gpu";
    }

    /** Runs a network of one convolution: a session opens on GPUs that no code was built for, and without cuDNN. */
    private static void requireWorking(OrtEnvironment environment, Device.Cuda device) {
        if (WORKING.contains(device.ordinal())) {
            return;
        }
        try (SessionOptions options = new SessionOptions()) {
            Optional<NativeRuntime> other = SharedEnvironment.otherBuild();
            if (other.isPresent()) {
                other.get().loadCuda();
            }
            options.setIntraOpNumThreads(1);
            add(device, options);
            try (OrtSession session = environment.createSession(trial(), options);
                    OnnxTensor image = OnnxTensor.createTensor(environment, new float[1][1][8][8]);
                    OrtSession.Result run = session.run(
                            Map.of(session.getInputNames().iterator().next(), image))) {
                WORKING.add(device.ordinal());
            }
        } catch (OrtException e) {
            throw failure(device + " cannot run", e);
        } catch (IOException e) {
            throw new DeviceException(device + " cannot run: " + e.getMessage(), e);
        }
    }

    /** A convolution and a sigmoid. */
    static byte[] trial() {
        try (InputStream file = CudaSessions.class.getResourceAsStream("trial.onnx")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads the model once more with fixed sizes. ONNX Runtime puts the arithmetic of open ones on the processor, rightly,
     * but cannot be asked to put nothing else there and say so.
     */
    private static void requireOnGpu(
            OrtEnvironment environment, Model model, Map<String, NodeInfo> inputs, Device.Cuda device)
            throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            add(device, options);
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            fixSizes(options, inputs);
            environment.createSession(model.onnx(), options).close();
        }
    }

    /** Gives each open size of the inputs a value. */
    static void fixSizes(SessionOptions options, Map<String, NodeInfo> inputs) throws OrtException {
        for (NodeInfo input : inputs.values()) {
            if (input.getInfo() instanceof TensorInfo tensor) {
                String[] names = tensor.getDimensionNames();
                for (int axis = 0; axis < names.length; axis++) {
                    if (!names[axis].isEmpty()) {
                        options.setSymbolicDimensionValue(names[axis], axis < 2 ? 1 : SIZE);
                    }
                }
            }
        }
    }

    private static void add(Device.Cuda device, SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.ordinal())) {
            cuda.add("cudnn_conv_algo_search", device.search().name());
            cuda.add("use_tf32", device.precision() == Device.Cuda.Precision.TF32 ? "1" : "0");
            if (device.memoryLimit().isPresent()) {
                cuda.add("gpu_mem_limit", Long.toString(device.memoryLimit().getAsLong()));
            }
            options.addCUDA(cuda);
        }
    }

    private static DeviceException failure(String what, OrtException e) {
        return new DeviceException(what + ": " + CudaErrors.here().explain(e.getMessage()), e);
    }
}
