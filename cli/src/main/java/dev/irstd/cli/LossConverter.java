package dev.irstd.cli;

import dev.irstd.training.torch.TrainingLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the name of a loss, which stands for its published setting. */
final class LossConverter extends NamedChoice<TrainingLoss> {
    static final String STANDARD = "dpt-k";

    LossConverter() {
        super(byName());
    }

    private static Map<String, TrainingLoss> byName() {
        double k = TrainingLoss.DptK.standard().k();
        double epsilon = TrainingLoss.DptK.standard().epsilon();
        Map<String, TrainingLoss> losses = new LinkedHashMap<>();
        losses.put(STANDARD, TrainingLoss.DptK.standard());
        losses.put("soft-iou", new TrainingLoss.SoftIou());
        losses.put("dice", new TrainingLoss.Dice());
        losses.put("bce", new TrainingLoss.BinaryCrossEntropy());
        losses.put("top-k", new TrainingLoss.TopK(k));
        losses.put("poly", new TrainingLoss.Poly(epsilon));
        losses.put("poly-top-k", new TrainingLoss.PolyTopK(k, epsilon));
        losses.put("dconet", new TrainingLoss.DcoNet());
        losses.put("lpnetga", new TrainingLoss.LpNetGa(20));
        losses.put("lpnetga-patches", new TrainingLoss.LpNetGaPatches());
        return losses;
    }
}
