/**
 * DJL's ONNX Runtime engine, to measure detection against.
 *
 * <p>The plain network and images flow in, scores flow out. This class path holds another ONNX Runtime than the rest of the
 * project, so that nothing but this peer is measured on it.
 */
@org.jspecify.annotations.NullMarked
package dev.irstd.benchmarks.djlonnxruntime;
