package dev.irstd.training.torch;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The DpT-k loss of RRCANet on logits: Dice + Poly-Top-k.
 *
 * <p>Dice is taken over the whole batch with smoothing 1. Poly-Top-k is the mean of the worst k percent of all pixels
 * under bce + epsilon * (1 - exp(-bce)). Computed from logits, so that gradients stay where the official form on
 * clamped probabilities has none (lib-loss-reference holds both).
 *
 * @param k percent of the pixels that count, in (0, 100]
 * @param epsilon weight of the polynomial's first term, at least -1
 */
public record DptKLoss(double k, double epsilon) {
    private static final long EACH_ELEMENT = 0;

    public DptKLoss {
        if (!(k > 0 && k <= 100 && epsilon >= -1)) {
            throw new IllegalArgumentException(
                    "DpT-k needs k in (0, 100] and epsilon from -1, got k " + k + ", epsilon " + epsilon);
        }
    }

    /**
     * The paper's setting: the worst 10 %, epsilon 3.1.
     *
     * @return the loss
     */
    public static DptKLoss standard() {
        return new DptKLoss(10, 3.1);
    }

    /** The mean over all outputs of a network (deep supervision); from inside a scope. */
    Tensor of(List<Tensor> outputs, Tensor mask) {
        Tensor sum = of(outputs.get(0), mask);
        for (Tensor logits : outputs.subList(1, outputs.size())) {
            sum = sum.add(of(logits, mask));
        }
        return outputs.size() == 1 ? sum : sum.div(new Scalar(outputs.size()));
    }

    private Tensor of(Tensor logits, Tensor mask) {
        return dice(logits, mask).add(polyTopK(logits, mask));
    }

    private static Tensor dice(Tensor logits, Tensor mask) {
        Tensor p = logits.sigmoid();
        Scalar one = new Scalar(1.0);
        Tensor overlap = p.mul(mask).sum().mul(new Scalar(2.0)).add(one);
        Tensor total = p.sum().add(mask.sum()).add(one);
        return overlap.div(total).neg().add(one);
    }

    private Tensor polyTopK(Tensor logits, Tensor mask) {
        long worst = (long) (logits.numel() * k / 100);
        if (worst < 1) {
            throw new IllegalArgumentException(
                    k + " % of " + logits.numel() + " pixels is less than one pixel; raise k or the batch");
        }
        Tensor bce = torch.binary_cross_entropy_with_logits(
                logits, mask, new TensorOptional(), new TensorOptional(), EACH_ELEMENT);
        Tensor poly = bce.add(bce.neg().expm1().mul(new Scalar(-epsilon)));
        return torch.topk(poly.reshape(-1), worst, -1, true, false).get0().mean();
    }
}
