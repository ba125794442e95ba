/**
 * The reader of networks that exports them: a {@link dev.irstd.training.network.Network}, its weights and a manifest go
 * in, the bytes of an ONNX file that detectors load come out. On the way, the graph may be
 * {@linkplain dev.irstd.training.onnx.Rewriting rewritten} so that it takes less work.
 */
package dev.irstd.training.onnx;
