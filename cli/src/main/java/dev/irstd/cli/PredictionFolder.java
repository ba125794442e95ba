package dev.irstd.cli;

import dev.irstd.InputRange;
import dev.irstd.ScoreMap;
import dev.irstd.training.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Score maps or masks that another program wrote, one file an image: ID.png or ID.mat. */
final class PredictionFolder implements Predictor {
    private final Path folder;
    private final InputRange range;
    private final Subject subject;
    private float highest;

    PredictionFolder(Path folder, InputRange range, Subject subject) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder + ": no such folder of predictions");
        }
        this.folder = folder;
        this.range = range;
        this.subject = subject;
    }

    static PredictionFolder of(Path folder, String name, InputRange range, float threshold) throws IOException {
        return new PredictionFolder(
                folder, range, new Subject("predictions", name, folder.toString(), threshold, "none, read from files"));
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Prediction predict(Sample sample) throws IOException {
        long start = System.nanoTime();
        Path png = folder.resolve(sample.id() + ".png");
        Path mat = folder.resolve(sample.id() + ".mat");
        Path file = Files.exists(png) ? png : mat;
        if (!Files.exists(file)) {
            throw new IOException("neither " + png + " nor " + mat.getFileName() + " is there");
        }
        ScoreMap scores = read(file);
        if (scores.width() != sample.image().width()
                || scores.height() != sample.image().height()) {
            throw new IOException(file + " has " + scores.width() + "x" + scores.height() + " pixels, the image "
                    + sample.image().width() + "x" + sample.image().height());
        }
        highest = Math.max(highest, highest(scores));
        return new Prediction(scores, scores.above(subject.threshold()), Duration.ofNanos(System.nanoTime() - start));
    }

    private ScoreMap read(Path file) throws IOException {
        try {
            return file.toString().endsWith(".png") ? PngScores.read(file, range) : MatScores.read(file, range);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static float highest(ScoreMap scores) {
        float highest = 0;
        for (float score : scores.toArray()) {
            highest = Math.max(highest, score);
        }
        return highest;
    }

    /** A mask of 0 and 1 in 8 bits looks like a score map that finds nothing. */
    @Override
    public Optional<String> remark() {
        return highest > 1 / 255f
                ? Optional.empty()
                : Optional.of(folder + ": no score above 1/255 in any file; if these are masks of 0 and 1, say"
                        + " --score-range 0:1");
    }

    @Override
    public void close() {
        // Nothing stays open.
    }
}
