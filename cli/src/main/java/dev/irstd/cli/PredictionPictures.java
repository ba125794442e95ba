package dev.irstd.cli;

import dev.irstd.metrics.Metrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.data.Sample;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Writes score maps as they come, and the sheet of the worst images at the end. */
final class PredictionPictures implements Witness {
    private final Path folder;
    private final Set<MapFormat> formats;
    private final WorstImages worst;

    PredictionPictures(Path folder, Set<MapFormat> formats, int worst, TargetProtocol protocol) throws IOException {
        this.folder = WholeFile.makeFolder(folder);
        this.formats = Set.copyOf(formats);
        this.worst = new WorstImages(worst, protocol);
    }

    @Override
    public void see(Sample sample, Prediction predicted, Metrics counted) throws IOException {
        for (MapFormat format : formats) {
            format.write(folder, sample.id(), predicted.scores());
        }
        worst.add(sample, predicted, counted);
    }

    @Override
    public void finish() throws IOException {
        List<WorstImages.Bad> images = worst.worstFirst();
        if (!images.isEmpty()) {
            WholeFile.writePng(folder.resolve("worst.png"), WorstSheet.of(images));
        }
    }
}
