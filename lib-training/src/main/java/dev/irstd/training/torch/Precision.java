package dev.irstd.training.torch;

/** How a training step computes. Weights, statistics, losses and what the optimiser remembers are float32 always. */
public enum Precision {
    /** All in float32. */
    FLOAT32,
    /**
     * Convolutions in bfloat16, and what follows from them, as PyTorch's autocast chooses: 8 bits of mantissa, the range
     * of float32. Faster on processors that compute in bfloat16 (AVX-512 BF16, AMX), slower on others.
     */
    BFLOAT16
}
