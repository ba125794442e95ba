/**
 * How fast detection is, measured with JMH, beside other libraries that run the same network.
 *
 * <p>The embedded models and a plain export of one flow in, times flow out. Images are drawn here, so that anyone can
 * repeat a measurement without a data set. Of training only the network's definition, its multiplications and PyTorch
 * come in; no other module depends on this one.
 */
@org.jspecify.annotations.NullMarked
package dev.irstd.benchmarks;
