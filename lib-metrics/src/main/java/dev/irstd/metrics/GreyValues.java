package dev.irstd.metrics;

/**
 * The values of an image, whatever holds them: {@code image::sample} of an {@link dev.irstd.InfraredImage},
 * {@code scores::get} of a {@link dev.irstd.ScoreMap}.
 */
@FunctionalInterface
public interface GreyValues {

    /**
     * Returns the value of a pixel.
     *
     * @param x column from 0
     * @param y row from 0
     * @return the value, finite
     */
    double at(int x, int y);
}
