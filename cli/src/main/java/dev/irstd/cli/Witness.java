package dev.irstd.cli;

import dev.irstd.metrics.Metrics;
import dev.irstd.training.data.Sample;
import java.io.IOException;

/** Sees what a predictor says of each image. */
interface Witness {
    Witness NONE = (sample, predicted, counted) -> {};

    void see(Sample sample, Prediction predicted, Metrics counted) throws IOException;

    /** There are no more images. */
    default void finish() throws IOException {}
}
