package dev.irstd.training.data;

/**
 * A target of a synthetic scene.
 *
 * @param x true centre column in pixels, pixel centres at integers, with fractions
 * @param y true centre row in pixels
 * @param scr signal-to-clutter ratio: what the target adds to its brightest pixel, divided by the standard deviation of
 *     the background (clutter and noise, without targets and dead pixels) in the square of 41x41 pixels around the pixel
 *     nearest to the centre, as far as it lies in the scene
 */
public record SceneTarget(double x, double y, double scr) {}
