/**
 * DJL's PyTorch engine, to measure detection against.
 *
 * <p>The plain network's weights and images flow in, scores flow out. This class path holds another PyTorch than the rest
 * of the project; the two cannot be loaded into one process.
 */
@org.jspecify.annotations.NullMarked
package dev.irstd.benchmarks.djlpytorch;
