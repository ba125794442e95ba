package dev.irstd.metrics;

/**
 * What a detector achieves at one threshold: a point of its ROC curve.
 *
 * @param threshold the score that predicted pixels exceed, in [0, 1]
 * @param metrics the figures at this threshold
 */
public record OperatingPoint(float threshold, Metrics metrics) {}
