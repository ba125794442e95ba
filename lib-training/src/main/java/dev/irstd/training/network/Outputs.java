package dev.irstd.training.network;

/** What a network gives, and so which losses can train it. */
public enum Outputs {
    /**
     * Logits of shape [batch, 1, height, width]; the last is the prediction, the others exist for deep supervision.
     */
    LOGITS("logits"),

    /** As DCONet: the reconstructed image in the shape of the input, then the logits [batch, 1, height, width]. */
    RECONSTRUCTION_AND_LOGITS("a reconstruction and logits"),

    /**
     * As LPNetGA: probabilities of the local patches [batch, 100, 30, 30], row by row of their places; the attention
     * [batch, 1, 120, 120], which sums to 1 in each image; the fused map [batch, 1, 120, 120], the prediction, which no
     * loss sees.
     */
    PATCHES_AND_ATTENTION("patches and attention");

    private final String words;

    Outputs(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
