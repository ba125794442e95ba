package dev.irstd;

/**
 * An 8-connected component of a {@link Mask}.
 *
 * @param x centroid column in pixels, pixel centres at integers, origin at the top left
 * @param y centroid row in pixels
 * @param area number of pixels, at least 1
 * @param box smallest enclosing rectangle
 */
public record Component(double x, double y, int area, Box box) {}
