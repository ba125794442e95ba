package dev.irstd.metrics;

/**
 * How a figure differs between two detectors on the same images.
 *
 * @param difference the first detector's figure minus the second one's
 * @param bootstrapP two-sided p-value of no difference: twice the share of the resamples, and of the sample itself as one
 *     more, in which the difference is 0 or lies on the rarer side of 0, at most 1; so never 0
 * @param signedRankP two-sided p-value of Wilcoxon's signed-rank test on the images' own figures, exact for up to 500
 *     that differ; images where the
 *     figures are equal or one of them is undefined do not enter, and without any other it is 1
 */
public record Comparison(Interval difference, double bootstrapP, double signedRankP) {}
