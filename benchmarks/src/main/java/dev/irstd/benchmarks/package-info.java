/**
 * How fast detection is, measured with JMH.
 *
 * <p>The embedded models flow in, times flow out. Images are drawn here, so that anyone can repeat a measurement without
 * a data set. Nothing of training comes in, and no other module depends on this one.
 */
@org.jspecify.annotations.NullMarked
package dev.irstd.benchmarks;
