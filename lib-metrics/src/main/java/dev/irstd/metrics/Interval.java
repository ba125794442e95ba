package dev.irstd.metrics;

/**
 * A figure and the confidence interval around it.
 *
 * @param estimate the figure of all images
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Interval(double estimate, double low, double high) {}
