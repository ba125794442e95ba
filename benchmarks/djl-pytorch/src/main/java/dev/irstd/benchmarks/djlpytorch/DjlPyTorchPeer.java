package dev.irstd.benchmarks.djlpytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.irstd.ModelManifest;
import dev.irstd.benchmarks.NetworkInput;
import dev.irstd.benchmarks.Peer;
import dev.irstd.benchmarks.PlainNetwork;
import dev.irstd.training.network.Network;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DJL's PyTorch engine, operation by operation: Java cannot make the TorchScript file that DJL would rather load.
 */
public final class DjlPyTorchPeer implements Peer {
    private final Network network;
    private final ModelManifest manifest;
    private final NDManager manager;
    private final Map<String, NDArray> weights = new HashMap<>();

    private DjlPyTorchPeer(PlainNetwork plain) {
        network = plain.structure();
        manifest = plain.manifest();
        manager = NDManager.newBaseManager("PyTorch");
        plain.weights().tensors().forEach((name, tensor) -> {
            long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
            weights.put(name, manager.create(tensor.values(), new Shape(shape)));
        });
    }

    @Override
    public float[] scores(BufferedImage image) {
        NetworkInput input = NetworkInput.of(image, manifest);
        try (NDManager forward = manager.newSubManager()) {
            List<NDArray> logits =
                    network.forward(new DjlOps(weights), forward.create(input.values(), new Shape(input.shape())));
            NDArray probabilities =
                    logits.get(logits.size() - 1).getNDArrayInternal().sigmoid();
            return input.crop(probabilities.toFloatArray());
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return "djl-pytorch";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) {
            DjlPyTorchPeer peer = new DjlPyTorchPeer(network);
            JniUtils.setNumThreads(threads);
            return peer;
        }
    }
}
