/**
 * The reader of networks that exports them: a {@link dev.irstd.training.network.Network}, its weights and a manifest go
 * in, the bytes of an ONNX file that detectors load come out.
 */
package dev.irstd.training.onnx;
