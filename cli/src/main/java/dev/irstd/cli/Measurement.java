package dev.irstd.cli;

import dev.irstd.metrics.Bootstrap;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.MetricsAccumulator;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.metrics.ThresholdSweep;
import dev.irstd.training.data.DatasetException;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures a predictor, image after image. */
final class Measurement {
    private final Predictor predictor;
    private final double scale;
    private final MetricsAccumulator total;
    private final ThresholdSweep sweep;
    private final List<Measured.OfImage> images = new ArrayList<>();
    private final List<Measured.Failure> failures = new ArrayList<>();
    private Duration predicting = Duration.ZERO;
    private Duration counting = Duration.ZERO;

    /** Measures images of {@code scale} times their size. */
    Measurement(Predictor predictor, double scale, TargetProtocol... protocols) {
        this.predictor = predictor;
        this.scale = scale;
        this.total = new MetricsAccumulator(protocols);
        this.sweep = new ThresholdSweep(RocPoints.thresholds(), protocols);
    }

    /** Measures an image; one that cannot be read or predicted is a failure, and nothing else is. */
    void add(SirstDataset dataset, String id, Witness witness) throws IOException {
        Sample sample;
        Prediction predicted;
        try {
            sample = sample(dataset, id);
            predicted = predictor.predict(sample);
        } catch (DatasetException | IOException e) {
            failures.add(new Measured.Failure(id, ErrorLine.of(e)));
            return;
        } catch (OutOfMemoryError e) {
            failures.add(new Measured.Failure(id, "takes more memory than Java has; -Xmx gives more"));
            return;
        }
        predicting = predicting.plus(predicted.time());
        witness.see(sample, predicted, count(sample, predicted));
    }

    private Sample sample(SirstDataset dataset, String id) throws IOException {
        Sample whole = dataset.load(id);
        try {
            return scale == 1 ? whole : whole.scaled(scale);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Metrics count(Sample sample, Prediction predicted) {
        long start = System.nanoTime();
        Metrics counted = total.add(predicted.mask(), sample.mask());
        sweep.add(predicted.scores(), sample.mask());
        images.add(new Measured.OfImage(sample.id(), counted, predicted.time()));
        counting = counting.plusNanos(System.nanoTime() - start);
        return counted;
    }

    /**
     * Sums up.
     *
     * @throws IllegalStateException if no image could be measured
     */
    Measured finish(int resamples) {
        if (images.isEmpty()) {
            throw new IllegalStateException(predictor.subject().source() + ": none of " + failures.size()
                    + " images could be measured; the first, " + failures.get(0).id() + ": "
                    + failures.get(0).reason());
        }
        long start = System.nanoTime();
        Bootstrap bootstrap = Measured.bootstrap(images, resamples);
        Duration resampling = Duration.ofNanos(System.nanoTime() - start);
        return new Measured(
                predictor.subject(),
                List.copyOf(images),
                List.copyOf(failures),
                total.metrics(),
                sweep.points(),
                bootstrap,
                new Measured.Times(predicting, counting, resampling));
    }
}
