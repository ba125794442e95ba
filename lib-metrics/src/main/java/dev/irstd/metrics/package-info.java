/**
 * How good a detector is, in the figures of the field.
 *
 * <p>Predicted and true masks flow in, one pair an image; counts and the figures made of them flow out. How a target
 * counts as found, and what as a false alarm, is always said by a {@link dev.irstd.metrics.TargetProtocol}: published
 * figures that follow different ones cannot be compared. No detectors, no files, no native handles in here.
 */
package dev.irstd.metrics;
