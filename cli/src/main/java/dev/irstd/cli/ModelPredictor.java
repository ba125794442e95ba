package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.InferenceException;
import dev.irstd.Timing;
import dev.irstd.training.data.Sample;
import java.io.IOException;

/** A network. */
record ModelPredictor(DetectorOptions.Opened opened, Subject subject) implements Predictor {
    static ModelPredictor of(DetectorOptions.Opened opened, String name) {
        String source = opened.model() + " (" + opened.network() + ")";
        String device = opened.detector().device().toString();
        return new ModelPredictor(
                opened, new Subject("model", name, source, opened.detector().threshold(), device));
    }

    @Override
    public Prediction predict(Sample sample) throws IOException {
        Detection found;
        try {
            found = opened.detector().detect(sample.image());
        } catch (InferenceException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Timing timing = found.timing();
        return new Prediction(
                found.scoreMap(),
                found.mask(),
                timing.preprocessing().plus(timing.inference()).plus(timing.postprocessing()));
    }

    @Override
    public void close() {
        opened.close();
    }
}
