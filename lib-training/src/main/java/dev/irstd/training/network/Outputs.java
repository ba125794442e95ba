package dev.irstd.training.network;

import dev.irstd.Activation;

/** What a network gives, and so which losses can train it. */
public enum Outputs {
    /**
     * Logits of shape [batch, 1, height, width]; the last is the prediction, the others exist for deep supervision.
     */
    LOGITS("logits", Activation.LOGITS),

    /** As DCONet: the reconstructed image in the shape of the input, then the logits [batch, 1, height, width]. */
    RECONSTRUCTION_AND_LOGITS("a reconstruction and logits", Activation.LOGITS),

    /**
     * As LPNetGA: probabilities of the local patches [batch, 100, 30, 30], row by row of their places; the attention
     * [batch, 1, 120, 120], which sums to 1 in each image; the fused map [batch, 1, 120, 120], the prediction, which no
     * loss sees.
     */
    PATCHES_AND_ATTENTION("patches and attention", Activation.PROBABILITY);

    private final String words;
    private final Activation prediction;

    Outputs(String words, Activation prediction) {
        this.words = words;
        this.prediction = prediction;
    }

    /**
     * Returns what the values of the last output are.
     *
     * @return what the prediction is
     */
    public Activation prediction() {
        return prediction;
    }

    @Override
    public String toString() {
        return words;
    }
}
