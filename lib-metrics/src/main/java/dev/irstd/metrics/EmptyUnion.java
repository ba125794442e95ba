package dev.irstd.metrics;

/**
 * What an image counts in the nIoU when neither its prediction nor its truth has a pixel, so that its IoU is 0/0.
 * Published figures follow different conventions.
 */
public enum EmptyUnion {
    /** The image counts as perfect: 1. */
    ONE,
    /** The image is left out of the mean. */
    SKIP,
    /** The image counts as missed: 0. What the official DCONet code does. */
    ZERO
}
