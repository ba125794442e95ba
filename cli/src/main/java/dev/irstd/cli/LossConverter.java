package dev.irstd.cli;

import dev.irstd.training.torch.TrainingLoss;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a loss, which stands for its published setting. */
final class LossConverter implements ITypeConverter<TrainingLoss> {
    static final String STANDARD = "dpt-k";

    private static final double K = TrainingLoss.DptK.standard().k();
    private static final double EPSILON = TrainingLoss.DptK.standard().epsilon();
    private static final Map<String, TrainingLoss> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put(STANDARD, TrainingLoss.DptK.standard());
        BY_NAME.put("soft-iou", new TrainingLoss.SoftIou());
        BY_NAME.put("dice", new TrainingLoss.Dice());
        BY_NAME.put("bce", new TrainingLoss.BinaryCrossEntropy());
        BY_NAME.put("top-k", new TrainingLoss.TopK(K));
        BY_NAME.put("poly", new TrainingLoss.Poly(EPSILON));
        BY_NAME.put("poly-top-k", new TrainingLoss.PolyTopK(K, EPSILON));
        BY_NAME.put("dconet", new TrainingLoss.DcoNet());
        BY_NAME.put("lpnetga", new TrainingLoss.LpNetGa(20));
        BY_NAME.put("lpnetga-patches", new TrainingLoss.LpNetGaPatches());
    }

    @Override
    public TrainingLoss convert(String text) {
        TrainingLoss loss = BY_NAME.get(text);
        if (loss == null) {
            throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", BY_NAME.keySet()));
        }
        return loss;
    }

    /** The names, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return BY_NAME.keySet().iterator();
        }
    }
}
