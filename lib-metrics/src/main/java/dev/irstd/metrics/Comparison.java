package dev.irstd.metrics;

/**
 * How a figure differs between two detectors on the same images.
 *
 * @param difference the first detector's figure minus the second one's
 * @param bootstrapP two-sided p-value of no difference: twice the share of the resamples in which the difference is 0 or
 *     lies on the rarer side of 0, at most 1
 * @param signedRankP two-sided p-value of Wilcoxon's signed-rank test on the images' own figures; images where the
 *     figures are equal or one of them is undefined do not enter, and without any other it is 1
 */
public record Comparison(Interval difference, double bootstrapP, double signedRankP) {}
