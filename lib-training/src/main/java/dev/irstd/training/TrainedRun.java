package dev.irstd.training;

import dev.irstd.Normalization;
import dev.irstd.training.weights.Weights;

/**
 * What a training has reached.
 *
 * @param averaged the moving average of the weights
 * @param normalization what the network was fed for a grey value, one channel
 */
public record TrainedRun(Weights averaged, Normalization normalization) {}
