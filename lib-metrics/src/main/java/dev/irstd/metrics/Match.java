package dev.irstd.metrics;

/**
 * A target and a prediction that a protocol takes to belong together.
 *
 * @param error distance of their centroids in pixels
 */
record Match(Region target, Region prediction, double error) {
    static Match of(Region target, Region prediction) {
        return new Match(target, prediction, target.centroidDistance(prediction));
    }
}
