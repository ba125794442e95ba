/**
 * Weights in plain memory: what training gives, files keep and export reads.
 *
 * <p>A {@link dev.irstd.training.weights.Weights} holds one tensor for each parameter of a network. It comes from an
 * {@link dev.irstd.training.weights.Initialisation}, a state_dict or a {@link dev.irstd.training.weights.Safetensors}
 * file. Nothing native belongs in here.
 */
package dev.irstd.training.weights;
