package dev.irstd.training.onnx;

import java.util.Objects;

/**
 * How a network is exported.
 *
 * @param outputs the outputs of the file
 * @param rewriting how the file computes what the network does
 * @param precision the numbers it computes with
 */
public record ExportOptions(Exported outputs, Rewriting rewriting, Precision precision) {
    /** Checks that nothing is missing. */
    public ExportOptions {
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(rewriting, "rewriting");
        Objects.requireNonNull(precision, "precision");
    }

    /**
     * Returns what suits detectors on a processor.
     *
     * @return the prediction alone, {@linkplain Rewriting#EXACT rewritten}, in floats of 32 bits
     */
    public static ExportOptions standard() {
        return new ExportOptions(Exported.PREDICTION, Rewriting.EXACT, Precision.FLOAT32);
    }

    /**
     * Chooses the outputs.
     *
     * @param outputs the outputs of the file
     * @return options that differ from these in that
     */
    public ExportOptions withOutputs(Exported outputs) {
        return new ExportOptions(outputs, rewriting, precision);
    }

    /**
     * Chooses how the file computes.
     *
     * @param rewriting what is rewritten
     * @return options that differ from these in that
     */
    public ExportOptions withRewriting(Rewriting rewriting) {
        return new ExportOptions(outputs, rewriting, precision);
    }

    /**
     * Chooses the numbers that the file computes with.
     *
     * @param precision their kind
     * @return options that differ from these in that
     */
    public ExportOptions withPrecision(Precision precision) {
        return new ExportOptions(outputs, rewriting, precision);
    }
}
