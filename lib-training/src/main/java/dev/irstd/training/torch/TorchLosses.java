package dev.irstd.training.torch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Computes losses on PyTorch tensors, from inside a scope. */
final class TorchLosses {
    private static final double RECONSTRUCTION_WEIGHT = 0.1;
    private static final long PATCH_SIDE = 30;
    private static final long STRIDE = 10;

    private static final long EACH_ELEMENT = 0;
    private static final long[] WHOLE_BATCH = {0, 1, 2, 3};
    private static final long[] EACH_IMAGE = {1, 2, 3};

    private TorchLosses() {}

    /**
     * Computes a loss.
     *
     * @param outputs of the network, of the kind that the loss takes
     * @param images what the network got
     * @param masks [batch, 1, height, width]
     * @throws IllegalArgumentException if an output has another shape than the loss needs, the worst k percent are less
     *     than a pixel, or a mask has no density
     */
    static Tensor of(TrainingLoss loss, List<Tensor> outputs, Tensor images, Tensor masks) {
        if (loss instanceof TrainingLoss.OnLogits onLogits) {
            return deepSupervision(onLogits, outputs, masks);
        }
        if (loss instanceof TrainingLoss.DcoNet) {
            return dcoNet(outputs, images, masks);
        }
        if (loss instanceof TrainingLoss.LpNetGa lpNetGa) {
            return patches(outputs, masks).add(attention(lpNetGa.sigma(), outputs, masks));
        }
        if (loss instanceof TrainingLoss.LpNetGaPatches) {
            return patches(outputs, masks);
        }
        throw new AssertionError("no computation of " + loss);
    }

    private static Tensor deepSupervision(TrainingLoss.OnLogits loss, List<Tensor> outputs, Tensor masks) {
        Tensor sum = onLogits(loss, outputs, 0, masks);
        for (int output = 1; output < outputs.size(); output++) {
            sum = sum.add(onLogits(loss, outputs, output, masks));
        }
        return outputs.size() == 1 ? sum : sum.div(new Scalar(outputs.size()));
    }

    private static Tensor onLogits(TrainingLoss.OnLogits loss, List<Tensor> outputs, int output, Tensor masks) {
        return onLogits(loss, shaped("logits", outputs, output, masks.shape()), masks);
    }

    private static Tensor onLogits(TrainingLoss.OnLogits loss, Tensor logits, Tensor masks) {
        if (loss instanceof TrainingLoss.SoftIou) {
            return softIou(logits, masks, WHOLE_BATCH);
        }
        if (loss instanceof TrainingLoss.Dice) {
            return dice(logits, masks);
        }
        if (loss instanceof TrainingLoss.BinaryCrossEntropy) {
            return crossEntropy(logits, masks).mean();
        }
        if (loss instanceof TrainingLoss.TopK topK) {
            return meanOfHighest(topK.k(), crossEntropy(logits, masks));
        }
        if (loss instanceof TrainingLoss.Poly poly) {
            return poly(poly.epsilon(), logits, masks).mean();
        }
        if (loss instanceof TrainingLoss.PolyTopK polyTopK) {
            return meanOfHighest(polyTopK.k(), poly(polyTopK.epsilon(), logits, masks));
        }
        if (loss instanceof TrainingLoss.DptK dptK) {
            return dice(logits, masks).add(meanOfHighest(dptK.k(), poly(dptK.epsilon(), logits, masks)));
        }
        if (loss instanceof TrainingLoss.Sum sum) {
            return onLogits(sum.first(), logits, masks).add(onLogits(sum.second(), logits, masks));
        }
        throw new AssertionError("no computation of " + loss);
    }

    private static Tensor softIou(Tensor logits, Tensor masks, long[] region) {
        Scalar one = new Scalar(1.0);
        Tensor p = logits.sigmoid();
        Tensor overlap = p.mul(masks).sum(region);
        Tensor union = p.sum(region).add(masks.sum(region)).sub(overlap);
        return overlap.add(one).div(union.add(one)).mean().neg().add(one);
    }

    private static Tensor dice(Tensor logits, Tensor masks) {
        Scalar one = new Scalar(1.0);
        Tensor p = logits.sigmoid();
        Tensor overlap = p.mul(masks).sum().mul(new Scalar(2.0)).add(one);
        Tensor total = p.sum().add(masks.sum()).add(one);
        return overlap.div(total).neg().add(one);
    }

    private static Tensor crossEntropy(Tensor logits, Tensor masks) {
        return torch.binary_cross_entropy_with_logits(
                logits, masks, new TensorOptional(), new TensorOptional(), EACH_ELEMENT);
    }

    private static Tensor poly(double epsilon, Tensor logits, Tensor masks) {
        Tensor bce = crossEntropy(logits, masks);
        return bce.add(bce.neg().expm1().mul(new Scalar(-epsilon)));
    }

    private static Tensor meanOfHighest(double k, Tensor pixels) {
        long highest = (long) (pixels.numel() * k / 100);
        if (highest < 1) {
            throw new IllegalArgumentException(
                    k + " % of " + pixels.numel() + " pixels is less than one pixel; raise k or the batch");
        }
        return torch.topk(pixels.reshape(-1), highest, -1, true, false).get0().mean();
    }

    private static Tensor dcoNet(List<Tensor> outputs, Tensor images, Tensor masks) {
        Tensor reconstruction = shaped("reconstruction", outputs, 0, images.shape());
        Tensor logits = shaped("logits", outputs, 1, masks.shape());
        Tensor error = torch.mse_loss(reconstruction, images);
        return softIou(logits, masks, EACH_IMAGE).add(error.mul(new Scalar(RECONSTRUCTION_WEIGHT)));
    }

    private static Tensor patches(List<Tensor> outputs, Tensor masks) {
        Tensor windows = masks.unfold(2, PATCH_SIDE, STRIDE)
                .unfold(3, PATCH_SIDE, STRIDE)
                .reshape(masks.size(0), -1, PATCH_SIDE, PATCH_SIDE);
        return torch.binary_cross_entropy(shaped("patches", outputs, 0, windows.shape()), windows);
    }

    private static Tensor attention(double sigma, List<Tensor> outputs, Tensor masks) {
        Tensor attention = shaped("attention", outputs, 1, masks.shape());
        Tensor error = attention.sub(AttentionDensity.of(masks, sigma)).square();
        return error.sum(EACH_IMAGE).mean();
    }

    /** Without this check PyTorch would stretch an output over the masks. */
    private static Tensor shaped(String name, List<Tensor> outputs, int index, long[] shape) {
        if (index >= outputs.size() || !Arrays.equals(outputs.get(index).shape(), shape)) {
            List<String> shapes = outputs.stream()
                    .map(output -> Arrays.toString(output.shape()))
                    .toList();
            throw new IllegalArgumentException("output " + index + " must be " + name + " of shape "
                    + Arrays.toString(shape) + " for these masks; the network's outputs are " + shapes);
        }
        return outputs.get(index);
    }
}
