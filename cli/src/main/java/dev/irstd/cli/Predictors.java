package dev.irstd.cli;

import java.util.List;

/** All that are measured on the same images. */
record Predictors(List<Predictor> all) implements AutoCloseable {
    @Override
    public void close() {
        all.forEach(Predictor::close);
    }
}
