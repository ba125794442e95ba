/**
 * The reader of networks that trains them: PyTorch through Bytedeco's binding.
 *
 * <p>Weights come in as plain {@link dev.irstd.training.weights.Weights}, become tensors that the optimiser changes,
 * and go out as plain weights again. Whoever calls into this package from outside never sees a native handle.
 */
package dev.irstd.training.torch;
