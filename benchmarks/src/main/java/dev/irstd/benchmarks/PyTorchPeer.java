package dev.irstd.benchmarks;

import dev.irstd.ModelManifest;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** PyTorch, operation by operation ("eager"), in float32 with channels last. */
public final class PyTorchPeer implements Peer {
    private final TorchSession session;
    private final ModelManifest manifest;

    private PyTorchPeer(PlainNetwork network) {
        Weights weights = network.weights();
        session = new TorchSession(network.structure(), weights, weights);
        manifest = network.manifest();
    }

    @Override
    public float[] scores(BufferedImage image) {
        NetworkInput input = NetworkInput.of(image, manifest);
        List<Integer> shape =
                Arrays.stream(input.shape()).mapToObj(Math::toIntExact).toList();
        List<FloatTensor> logits = session.logits(new FloatTensor(shape, input.values()));
        return input.crop(PlainNetwork.sigmoid(logits.get(logits.size() - 1).values()));
    }

    @Override
    public void close() {
        session.close();
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return "pytorch";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) {
            TorchSession.configure(threads);
            return new PyTorchPeer(network);
        }
    }
}
