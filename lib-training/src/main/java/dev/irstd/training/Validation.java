package dev.irstd.training;

import dev.irstd.Activation;
import dev.irstd.Detector;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.metrics.EmptyUnion;
import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.Sample;
import dev.irstd.training.network.Network;
import dev.irstd.training.onnx.OnnxExporter;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Measures a network in training on images that it is not trained on, as users will see it: the averaged weights are
 * exported and detect in each image at its original size, at a threshold of 0.5. The figures go to
 * {@code validation.csv} in the run folder: epoch, mIoU, nIoU, and Pd and Fa by {@link TargetProtocol#MARKED}.
 *
 * <p>A listener throws what it cannot write as {@link UncheckedIOException}, which ends the training; its checkpoint is
 * written by then.
 */
public final class Validation implements TrainingListener {
    /** Its file in the run folder. */
    public static final String FILE = "validation.csv";

    private static final float THRESHOLD = 0.5f;

    private final Network network;
    private final Normalization normalization;
    private final List<Sample> samples;
    private final int every;
    private final Path runFolder;

    /**
     * A validation.
     *
     * @param network the network in training
     * @param normalization that of the training
     * @param samples images that the training leaves out
     * @param every epochs from one measurement to the next, at least 1
     * @param runFolder folder of the training
     */
    public Validation(Network network, Normalization normalization, List<Sample> samples, int every, Path runFolder) {
        if (samples.isEmpty() || every < 1) {
            throw new IllegalArgumentException("no validation on " + samples.size() + " images every " + every
                    + " epochs; at least one image and one epoch are needed");
        }
        this.network = network;
        this.normalization = normalization;
        this.samples = List.copyOf(samples);
        this.every = every;
        this.runFolder = runFolder;
    }

    @Override
    public void epoch(int epoch, Supplier<Weights> averaged) {
        if (epoch % every == 0) {
            write(epoch, measure(averaged.get()));
        }
    }

    private Metrics measure(Weights weights) {
        ModelManifest manifest = new ModelManifest(
                network.name(),
                network.inputChannels(),
                normalization,
                network.geometry(),
                Activation.PROBABILITY,
                THRESHOLD,
                Provenance.unknown());
        Model model = Model.of(network.name(), OnnxExporter.export(network, weights, manifest));
        try (Detector detector = IrstdDetector.load(model)) {
            return Evaluation.of(detector, samples, TargetProtocol.MARKED);
        }
    }

    private void write(int epoch, Metrics metrics) {
        EpochLog log = new EpochLog(runFolder.resolve(FILE), "epoch,miou,niou,pd,fa");
        TargetMetrics targets = metrics.targets(TargetProtocol.MARKED);
        String values = String.format(
                Locale.ROOT,
                "%.6f,%.6f,%.6f,%.6g",
                metrics.pixels().iou(),
                metrics.pixels().nIou(EmptyUnion.ONE),
                targets.pd(),
                targets.fa());
        try {
            log.append(epoch, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
