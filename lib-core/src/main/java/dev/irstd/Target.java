package dev.irstd;

/**
 * A target found in an image: one 8-connected component of the mask, with the scores inside it.
 *
 * @param x centroid column in pixels, pixel centres at integers, origin at the top left
 * @param y centroid row in pixels
 * @param area number of mask pixels, at least 1
 * @param box smallest enclosing rectangle
 * @param score highest probability inside the component, in (threshold, 1]
 * @param meanScore mean probability inside the component, in (threshold, 1]
 */
public record Target(double x, double y, int area, Box box, float score, float meanScore) {}
