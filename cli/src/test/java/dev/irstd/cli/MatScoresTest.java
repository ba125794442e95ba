package dev.irstd.cli;

import dev.irstd.InputRange;
import dev.irstd.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class MatScoresTest {
    /** savemat('t.mat', {'T': float32([[-2, 0, 3], [4, -5, 6]])}, do_compression=True), by SciPy 1.17.1. */
    private static final String SCIPY =
            "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFNhdCBOb3YgMjEgMDI6MjQ6ND"
                    + "UgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAANQAA"
                    + "AHic42NgYPAAYjYg5gBidgYIYIXymYCYGYgZgTAEKi8BUXKAgaHBAcJcAGQ7ANkHHABhWgVT";

    @TempDir
    Path folder;

    @Test
    void readsTheLogitsThatSciPyWrites() throws IOException {
        Path file = Files.write(folder.resolve("t.mat"), Base64.getDecoder().decode(SCIPY));

        ScoreMap scores = MatScores.read(file, InputRange.fullScale());

        assertThat(scores.width()).isEqualTo(3);
        assertThat(scores.height()).isEqualTo(2);
        assertThat(scores.get(0, 0)).isCloseTo(logistic(-2), within(1e-7f));
        assertThat(scores.get(1, 0)).isEqualTo(0.5f);
        assertThat(scores.get(2, 0)).isCloseTo(logistic(3), within(1e-7f));
        assertThat(scores.get(1, 1)).isCloseTo(logistic(-5), within(1e-7f));
    }

    private static float logistic(double logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    @Test
    void writesLogitsThatReadBackAsTheScores() throws IOException {
        ScoreMap scores = ScoreMap.of(3, 2, new float[] {0, 1, 0.25f, 1e-30f, 0.5f, 0.999f});
        Path file = folder.resolve("t.mat");

        MatScores.write(scores, file);

        try (Mat5File content = Mat5.readFromFile(file.toFile())) {
            assertThat(content.getMatrix("T").getDouble(0, 2)).isCloseTo(Math.log(1 / 3.0), within(1e-6));
        }
        float[] back = MatScores.read(file, InputRange.fullScale()).toArray();
        assertThat(back).containsExactly(scores.toArray(), within(1e-6f));
        assertThat(MatScores.read(file, InputRange.fullScale()).above(0.5f)).isEqualTo(scores.above(0.5f));
    }

    @Test
    void takesNumbersFromZeroToOneForProbabilitiesUnderAnyName() throws IOException {
        Matrix matrix = Mat5.newMatrix(1, 2);
        matrix.setDouble(0, 1, 0.75);

        assertThat(read("prediction", matrix).toArray()).containsExactly(0, 0.75f);
    }

    @Test
    void takesLogicalValuesForAMask() throws IOException {
        Matrix matrix = Mat5.newLogical(1, 2);
        matrix.setBoolean(0, 1, true);

        assertThat(read("mask", matrix).toArray()).containsExactly(0, 1);
    }

    @Test
    void takesWholeNumbersForGreyValues() throws IOException {
        Matrix bytes = Mat5.newMatrix(1, 2, MatlabType.UInt8);
        bytes.setInt(0, 1, 204);
        Matrix words = Mat5.newMatrix(1, 2, MatlabType.UInt16);
        words.setInt(0, 1, 52_428);

        assertThat(read("map", bytes).toArray()).containsExactly(0, 0.8f);
        assertThat(read("map", words).toArray()).containsExactly(0, 0.8f);
    }

    @Test
    void refusesWhatIsNoScoreMap() throws IOException {
        Matrix undefined = Mat5.newMatrix(1, 2);
        undefined.setDouble(0, 1, Double.NaN);
        assertThatThrownBy(() -> read("T", undefined))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("row 0, column 1");
        assertThatThrownBy(() -> read("T", Mat5.newMatrix(new int[] {2, 2, 2})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 dimensions");
        assertThatThrownBy(() -> read("T", Mat5.newMatrix(1, 1, MatlabType.Int32)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("single, double, logical, uint8 or uint16");
        assertThatThrownBy(() -> read("name", Mat5.newString("text")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no matrix \"T\"");
    }

    @Test
    void refusesToChooseAmongSeveral() throws IOException {
        Path file = folder.resolve("two.mat");
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("one", Mat5.newMatrix(1, 1)).addArray("two", Mat5.newMatrix(1, 1)),
                file.toFile());

        assertThatThrownBy(() -> MatScores.read(file, InputRange.fullScale()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[one, two]");
    }

    private ScoreMap read(String name, Array content) throws IOException {
        Path file = folder.resolve(name + ".mat");
        Mat5.writeToFile(Mat5.newMatFile().addArray(name, content), file.toFile());
        return MatScores.read(file, InputRange.fullScale());
    }
}
