/**
 * Losses of the field as reference arithmetic: slow, exact, and independent of any tensor library.
 *
 * <p>Outputs of a network and a target mask go in, the value and its gradient with respect to the outputs come out;
 * training code is tested against them. No tensors, no native libraries, no automatic differentiation in here.
 */
package dev.irstd.loss;
