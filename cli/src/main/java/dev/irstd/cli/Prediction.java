package dev.irstd.cli;

import dev.irstd.Mask;
import dev.irstd.ScoreMap;
import java.time.Duration;

/**
 * What a predictor says of an image.
 *
 * @param scores probability of a target at each pixel
 * @param mask pixels whose score exceeds the threshold
 * @param time how long it took, from the image or the file to the mask
 */
record Prediction(ScoreMap scores, Mask mask, Duration time) {}
