/**
 * Networks, each defined once.
 *
 * <p>A {@link dev.irstd.training.network.Network} is a method generic in its value type over
 * {@link dev.irstd.training.network.Ops}; readers give it a meaning: PyTorch tensors to train, ONNX values to export,
 * shapes to count. No reader and nothing native belongs in here.
 */
package dev.irstd.training.network;
