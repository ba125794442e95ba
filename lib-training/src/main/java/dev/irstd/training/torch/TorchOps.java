package dev.irstd.training.torch;

import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Ops;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Reads a network as a computation on PyTorch tensors. */
final class TorchOps implements Ops<Tensor> {
    /** Which statistics normalise. */
    enum Mode {
        /** Those of the batch; the running ones follow. */
        TRAINING,
        /** The running ones. */
        EVALUATION
    }

    private static final long[] ONE = {1, 1};

    private final TorchWeights weights;
    private final Mode mode;

    TorchOps(TorchWeights weights, Mode mode) {
        this.weights = weights;
        this.mode = mode;
    }

    @Override
    public Tensor conv(Conv2d conv, Tensor x) {
        TensorOptional bias = conv.bias() ? new TensorOptional(weights.get(conv.biasKey())) : new TensorOptional();
        long[] padding = {conv.padding(), conv.padding()};
        return torch.conv2d(x, weights.get(conv.weightKey()), bias, ONE, padding, ONE, 1);
    }

    @Override
    public Tensor batchNorm(BatchNorm norm, Tensor x) {
        return torch.batch_norm(
                x,
                new TensorOptional(weights.get(norm.scaleKey())),
                new TensorOptional(weights.get(norm.shiftKey())),
                new TensorOptional(weights.get(norm.meanKey())),
                new TensorOptional(weights.get(norm.varianceKey())),
                mode == Mode.TRAINING,
                BatchNorm.MOMENTUM,
                BatchNorm.EPSILON,
                true);
    }

    @Override
    public Tensor relu(Tensor x) {
        return x.relu();
    }

    @Override
    public Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Tensor maxPool2(Tensor x) {
        return torch.max_pool2d(x, 2, 2);
    }

    @Override
    public Tensor upsample2(Tensor x) {
        return torch.upsample_bilinear2d(x, new long[] {2 * x.size(2), 2 * x.size(3)}, true);
    }

    @Override
    public Tensor globalAvgPool(Tensor x) {
        return torch.adaptive_avg_pool2d(x, ONE);
    }

    @Override
    public Tensor globalMaxPool(Tensor x) {
        return torch.amax(x, new long[] {2, 3}, true);
    }

    @Override
    public Tensor concat(List<Tensor> xs) {
        return torch.cat(new TensorVector(xs.toArray(Tensor[]::new)), 1);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return a.add(b);
    }

    @Override
    public Tensor mul(Tensor a, Tensor b) {
        return a.mul(b);
    }
}
