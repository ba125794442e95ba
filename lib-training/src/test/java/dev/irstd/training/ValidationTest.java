package dev.irstd.training;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import dev.irstd.Normalization;
import dev.irstd.training.data.Sample;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValidationTest {
    private static final Network NETWORK = RRCANet.of(
            "narrow",
            RRCANet.standardOptions().withBlocks(1, 1).withIterations(0).withWidth(8));
    /** A target of one pixel in nothing. */
    private static final Sample SAMPLE = sample(16, 16, 5 * 16 + 5);

    @TempDir
    Path run;

    @Test
    void writesWhatADetectorOfTheWeightsReaches() throws IOException {
        Validation validation = validation(1);

        validation.epoch(1, () -> sure(0.001));
        validation.epoch(2, () -> sure(0.999));

        assertThat(lines())
                .containsExactly(
                        "epoch,miou,niou,pd,fa",
                        "1,0.000000,0.000000,0.000000,0.00000",
                        // Everything is a target: the true one is in it, and its centroid 3.5 pixels off.
                        "2,0.003906,0.003906,0.000000,1.00000");
    }

    @Test
    void measuresEveryFewEpochsAndDropsWhatIsTrainedAgain() throws IOException {
        Validation validation = validation(2);
        for (int epoch = 1; epoch <= 6; epoch++) {
            validation.epoch(epoch, () -> sure(0.001));
        }

        validation(2).epoch(4, () -> sure(0.001));

        assertThat(lines().stream().skip(1).map(line -> line.split(",")[0])).containsExactly("2", "4");
    }

    @Test
    void aLineThatWasCutOffIsDropped() throws IOException {
        Files.writeString(run.resolve("validation.csv"), "epoch,miou,niou,pd,fa\n1,0.5,0.5,0.5,0.5\n2");

        validation(1).epoch(2, () -> sure(0.001));

        assertThat(lines()).hasSize(3).contains("1,0.5,0.5,0.5,0.5", "2,0.000000,0.000000,0.000000,0.00000");
    }

    @Test
    void namesTheFileThatItCannotWrite() throws IOException {
        Files.createDirectory(run.resolve("validation.csv"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> validation(1).epoch(1, () -> sure(0.5)))
                .withMessageContaining("validation.csv");
    }

    @Test
    void needsImagesAndEpochs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Validation(NETWORK, Normalization.UNIT, List.of(), 1, run))
                .withMessageContaining("0 images");
        assertThatIllegalArgumentException().isThrownBy(() -> validation(0)).withMessageContaining("every 0 epochs");
    }

    private Validation validation(int every) {
        return new Validation(NETWORK, Normalization.UNIT, List.of(SAMPLE), every, run);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(run.resolve("validation.csv"));
    }

    /** Weights that see a target everywhere with about this probability. */
    private static Weights sure(double probability) {
        return Weights.initial(NETWORK, Initialisation.PYTORCH, probability, 1);
    }

    private static Sample sample(int width, int height, int target) {
        boolean[] inside = new boolean[width * height];
        inside[target] = true;
        return new Sample(
                "one",
                InfraredImage.grey8(width, height, new byte[width * height], 0, width),
                Mask.of(width, height, inside));
    }
}
